// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.balance.Unpaid;
import dev.carillon.core.guard.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The answer to a create. */
public sealed interface CreateReply {

    /**
     * The create was decided.
     *
     * @param refusal why no message was sent; empty when one was
     * @param expiresAt when the window closes; empty when none is open
     */
    record Answered(UUID verification, Optional<Refusal> refusal, Instant createdAt, Optional<Instant> expiresAt)
            implements CreateReply {}

    /** The account cannot pay for it, and nothing was done. */
    record NotPaid(Unpaid why) implements CreateReply {}

    /** The idempotency key was used before, for a request with other fields. */
    record KeyReused() implements CreateReply {}
}
