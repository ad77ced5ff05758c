// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.balance.Unpaid;
import dev.carillon.core.guard.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The answer to a retry. */
public sealed interface RetryReply {

    /** What became of it. */
    enum Result {
        APPROVED,
        /** Too early, or none left. */
        DENIED,
        /** The verification never had a window. */
        NO_ATTEMPT,
        /** A limit is spent, or no check is left that a new code could be used for. */
        RATE_LIMITED,
        EXPIRED,
        ALREADY_VALIDATED
    }

    /**
     * The retry was decided.
     *
     * @param createdAt the time of the new attempt when approved, else of the last one, else of the verification
     * @param nextRetryAt when the next will be available; with none left, the end of the window
     * @param remaining retries left after this one
     * @param refusal the rule that refused, where there is one
     */
    record Answered(
            UUID verification,
            Result result,
            Instant createdAt,
            Instant nextRetryAt,
            int remaining,
            Optional<Refusal> refusal)
            implements RetryReply {}

    /** The account cannot pay for it, and nothing was done. */
    record NotPaid(Unpaid why) implements RetryReply {}

    /** No such verification, or another account's. */
    record Unknown() implements RetryReply {}
}
