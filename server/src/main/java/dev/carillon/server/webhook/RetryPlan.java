// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a receiver that failed is asked again: after 1, 2, 4 minutes and so on, at most 12 hours apart, for 14 days (as Ding). */
final class RetryPlan {
    static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofHours(12);
    static final Duration PATIENCE = Duration.ofDays(14);

    private RetryPlan() {}

    /**
     * When to try again.
     *
     * @param failures in a row, from 1
     * @param since when what is to be told came to be the next to be told
     * @return empty when it is given up
     */
    static Optional<Instant> next(int failures, Instant since, Instant now) {
        return Optional.of(now.plus(pause(failures))).filter(_ -> now.isBefore(since.plus(PATIENCE)));
    }

    static Duration pause(int failures) {
        // The tenth pause is 512 minutes, the eleventh would be longer than the longest.
        return failures > 10 ? LONGEST : FIRST.multipliedBy(1L << (failures - 1));
    }
}
