// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps what a paid provider said of a number, in place of what was kept before, or forgets that.
 *
 * @param key a keyed hash of account and number
 * @param answer empty: forget
 */
public record KeepPaidAnswer(UUID key, Optional<PaidAnswer> answer) implements Command<Boolean> {

    @Override
    public Optional<UUID> paidAnswerKey() {
        return Optional.of(key);
    }

    @Override
    public Optional<UUID> verification(Clues clues) {
        return Optional.empty();
    }

    /** The reply tells whether something is kept now. */
    @Override
    public Decision<Boolean> decide(View view, Instant now) {
        return Decision.of(
                answer.isPresent(),
                answer.<Effect>map(kept -> new Effect.SavePaidAnswer(key, kept))
                        .orElseGet(() -> new Effect.ForgetPaidAnswer(key)));
    }
}
