// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.account.Money;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * A provider's delivery report. Receipts may be late, repeated and out of order, and may come before the message is known to be
 * sent.
 *
 * @param subject which message it is about
 * @param status what happened; READ counts as delivered
 * @param at the provider's time, or that of arrival when it gives none; one outside of the years 1970 to 9999 becomes the nearest in them, since some
 *     formats have years that no store keeps
 * @param network the serving network, when the provider tells it
 * @param price what the message cost, when the provider tells it
 * @param code the provider's error code; short, for the operator
 */
public record Receipt(
        Subject subject,
        DeliveryStatus status,
        Instant at,
        Optional<Network> network,
        Optional<Money> price,
        Optional<String> code) {
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public Receipt {
        at = at.isBefore(Instant.EPOCH) ? Instant.EPOCH : at;
        at = at.isAfter(LATEST) ? LATEST : at;
    }

    /** A receipt that tells nothing more. */
    public static Receipt of(Subject subject, DeliveryStatus status, Instant at) {
        return new Receipt(subject, status, at, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** How a provider names the message. */
    public sealed interface Subject {
        /** By the reference that it was given. */
        record OurRef(AttemptRef ref) implements Subject {}

        /** By its own id: {@link SendResult.Accepted#providerId}. */
        record ProviderId(String id) implements Subject {}
    }
}
