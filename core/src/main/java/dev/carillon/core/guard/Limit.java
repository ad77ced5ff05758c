// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import dev.carillon.core.time.Durations;
import java.time.Duration;

/**
 * A store of {@code count} that is refilled evenly, the whole of it in {@code per}: {@code count} at once, and in any stretch of
 * {@code per} less than twice as many, since some are refilled meanwhile.
 *
 * @param count 1 to 1,000,000
 * @param per 1 second to 30 days
 */
public record Limit(int count, Duration per) {
    private static final int MAX_COUNT = 1_000_000;
    private static final Duration MAX_PER = Duration.ofDays(30);

    public Limit {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("the count of a limit must be 1 to " + MAX_COUNT);
        }
        if (per.compareTo(Duration.ofSeconds(1)) < 0 || per.compareTo(MAX_PER) > 0) {
            throw new IllegalArgumentException("the duration of a limit must be 1s to 30d");
        }
    }

    /**
     * Reads {@code COUNT/DURATION}, such as {@code 5/1h}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static Limit parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(0, slash).matches("[0-9]{1,7}")) {
            throw new IllegalArgumentException("'" + text + "' is not COUNT/DURATION, such as 5/1h");
        }
        return new Limit(Integer.parseInt(text.substring(0, slash)), Durations.parse(text.substring(slash + 1)));
    }

    /** The time in which one unit is refilled. */
    public Duration interval() {
        return per.dividedBy(count);
    }

    @Override
    public String toString() {
        return count + "/" + Durations.format(per);
    }
}
