// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Policy;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import java.time.Instant;
import java.util.List;

/**
 * When the user may have the next message of a window.
 *
 * <p>What the user has is one message and the policy's retries. A message that no connection could send is not one of these, nor
 * is one that nobody asked for; only {@link Verification#MAX_ATTEMPTS} holds for all of them.
 *
 * @param remaining how many are left, 0 or more
 * @param nextAt from when; with none left, the end of the window
 */
public record RetrySchedule(int remaining, Instant nextAt) {

    /** The schedule of a window that has at least one attempt. */
    static RetrySchedule of(Verification verification, Policy policy) {
        List<AttemptQueued> asked = verification.attempts().stream()
                .filter(attempt -> !attempt.automatic())
                .toList();
        int used = (int) asked.stream()
                .filter(attempt -> !verification.wasInVain(attempt.number()))
                .count();
        int remaining =
                verification.isFull() ? 0 : Math.max(0, 1 + policy.retryAfter().size() - used);
        if (remaining == 0) {
            return new RetrySchedule(0, verification.expiresAt());
        }
        AttemptQueued last = asked.getLast();
        boolean atOnce = verification.wasInVain(last.number());
        return new RetrySchedule(
                remaining,
                atOnce ? last.at() : last.at().plus(policy.retryAfter().get(used - 1)));
    }

    boolean allows(Instant now) {
        return remaining > 0 && !now.isBefore(nextAt);
    }
}
