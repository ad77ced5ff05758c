// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Policy;
import java.time.Instant;

/**
 * When the next message of a window may be sent.
 *
 * @param remaining how many are left, 0 or more
 * @param nextAt from when; with none left, the end of the window
 */
public record RetrySchedule(int remaining, Instant nextAt) {

    /** The schedule of a window that has at least one attempt. */
    static RetrySchedule of(Verification verification, Policy policy) {
        int sent = verification.attempts().size();
        int remaining = Math.max(0, policy.retryAfter().size() - (sent - 1));
        if (remaining == 0) {
            return new RetrySchedule(0, verification.expiresAt());
        }
        Instant last = verification.attempts().getLast().at();
        return new RetrySchedule(remaining, last.plus(policy.retryAfter().get(sent - 1)));
    }

    boolean allows(Instant now) {
        return remaining > 0 && !now.isBefore(nextAt);
    }
}
