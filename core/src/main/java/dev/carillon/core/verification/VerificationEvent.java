// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Something that happened to a verification. The list of these is all that is known of it. */
public sealed interface VerificationEvent {
    Instant at();

    /**
     * A message was queued.
     *
     * @param id the attempt's id
     * @param number from 1
     * @param senderId who the message says it is from
     * @param code what its code is checked against; empty when no code is ever right (a scripted test number)
     * @param content its code, readable while the window is open; empty once it was erased
     */
    record AttemptQueued(
            Instant at,
            UUID id,
            int number,
            Channel channel,
            String senderId,
            Optional<CodeHash> code,
            Optional<Sealed> content)
            implements VerificationEvent {

        AttemptQueued withoutContent() {
            return new AttemptQueued(at, id, number, channel, senderId, code, Optional.empty());
        }
    }

    /**
     * News of a message.
     *
     * @param attempt the attempt's number
     * @param originatedAt the provider's time
     */
    record AttemptReported(Instant at, int attempt, DeliveryStatus status, Instant originatedAt)
            implements VerificationEvent {}

    /**
     * A code was tried.
     *
     * @param matched the number of the attempt whose code it was; 0 for none
     * @param code what was typed; only where the account shows codes, and readable only while the window is open
     */
    record CodeChecked(Instant at, UUID id, CheckResult result, int matched, Optional<Sealed> code)
            implements VerificationEvent {

        CodeChecked withoutCode() {
            return new CodeChecked(at, id, result, matched, Optional.empty());
        }
    }

    /** The customer said whether a real user came of it. */
    record FeedbackGiven(Instant at, UUID id, boolean onboarded) implements VerificationEvent {}
}
