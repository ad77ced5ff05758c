// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Something to be decided. A command names what it needs to see; deciding it is a pure function, so that it can be made again
 * when a concurrent writer got in between.
 *
 * @param <R> the reply
 */
public sealed interface Command<R>
        permits CreateVerification,
                CheckCode,
                RetryVerification,
                FallBack,
                GiveFeedback,
                ReportSend,
                ReportDelivery,
                ReportByReference,
                EraseNumber,
                KeepPaidAnswer,
                TopUp,
                ChargeLookup {

    /** Where the answer to an earlier use of the same idempotency key is kept. */
    default Optional<UUID> replayKey() {
        return Optional.empty();
    }

    /** The number that the command is about. */
    default Optional<UUID> numberKey() {
        return Optional.empty();
    }

    /** The provider's reference that it is about. */
    default Optional<UUID> referenceKey() {
        return Optional.empty();
    }

    /** Where the answer of a paid provider is kept that it changes. */
    default Optional<UUID> paidAnswerKey() {
        return Optional.empty();
    }

    /** The verification that it is about, given what the other keys lead to. */
    Optional<UUID> verification(Clues clues);

    /** The guard's counters that it may read or change. */
    default Set<UUID> counters(Optional<Verification> verification) {
        return Set.of();
    }

    /** The account whose books it may change: none where nothing has a price. */
    default Optional<UUID> purse(Optional<Verification> verification) {
        return verification.filter(found -> found.terms().isPresent()).map(Verification::account);
    }

    /** Decides, with what the decision does to the account's books, if it may do anything to them. */
    default Decision<R> run(View view, Instant now) {
        Decision<R> decision = decide(view, now);
        return purse(view.verification()).isPresent() ? Booking.booked(decision, view, now) : decision;
    }

    /**
     * Decides.
     *
     * @param now the time of the decision
     */
    Decision<R> decide(View view, Instant now);
}
