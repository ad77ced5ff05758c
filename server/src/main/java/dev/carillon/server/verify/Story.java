// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.message.Channel;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.DeliveryStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that can be told of a verification.
 *
 * @param number E.164
 * @param events oldest first
 */
public record Story(
        UUID id,
        String number,
        Optional<String> templateId,
        Optional<String> correlationId,
        Instant createdAt,
        Signals signals,
        List<Event> events) {

    /** Something that happened. */
    public sealed interface Event {
        Instant at();
    }

    /** What has become of a message. */
    public enum AttemptStatus {
        PENDING,
        DELIVERED,
        FAILED,
        /** The window closed while nothing was heard of it. */
        EXPIRED
    }

    /**
     * A message.
     *
     * @param content its text; the code in it is masked unless the account asks for it, and then while the window is open
     */
    public record Attempt(
            Instant at, UUID id, String content, String senderId, Channel channel, int number, AttemptStatus status)
            implements Event {}

    /** A code that was tried, masked by the same rule. */
    public record Check(Instant at, UUID id, String code, CheckResult result) implements Event {}

    /** What a change of the account's books is about. */
    public enum BalanceKind {
        /** Reserved for the verification itself. */
        VERIFICATION_PENDING,
        /** Charged for the verification itself. */
        VERIFICATION_SUCCESS,
        ATTEMPT_PENDING,
        ATTEMPT_SUCCESS
    }

    /**
     * The account's books have changed.
     *
     * @param micros in millionths of the account's currency; negative for what the account pays, positive for what it gets back
     */
    public record BalanceUpdate(Instant at, BalanceKind kind, long micros) implements Event {}

    /** News of a message. */
    public record Delivery(Instant at, DeliveryStatus status, UUID attemptId, int attemptNumber, Instant originatedAt)
            implements Event {}
}
