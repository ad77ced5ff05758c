// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A circuit breaker: learns from what became of handing messages over. It opens when a lane keeps failing, so that messages take
 * another one at once. After a pause it lets one message through as a probe; if that fails, the pause doubles.
 *
 * <p>Immutable. Counting begins with a fault and is forgotten {@link #MEMORY} later, so that a lane that does well is always the
 * same value, {@link #CLOSED}, and costs nothing.
 *
 * @param since when counting began; empty: nothing to count
 * @param outcomes counted since then
 * @param faults of these
 * @param inRow faults since the last success
 * @param openUntil when the next probe may be sent; empty: closed
 * @param pause the length of the last pause
 */
public record Breaker(
        Optional<Instant> since, int outcomes, int faults, int inRow, Optional<Instant> openUntil, Duration pause) {
    /** This many faults in a row open it. */
    static final int MAX_IN_ROW = 5;
    /** With this many outcomes counted, the share of faults is held against {@link #MAX_SHARE}. */
    static final int ENOUGH = 20;
    /** From this share of faults on it opens. */
    static final double MAX_SHARE = 0.5;
    /** From this share of faults on, or two in a row, it is shaky. */
    static final double SHAKY_SHARE = 0.2;

    static final Duration MEMORY = Duration.ofSeconds(60);
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** A lane of which nothing bad is known. */
    public static final Breaker CLOSED = new Breaker(Optional.empty(), 0, 0, 0, Optional.empty(), Duration.ZERO);

    /**
     * After another message.
     *
     * @param good whether the provider dealt with it; a refusal of the message itself is good, since the provider is there
     */
    public Breaker after(boolean good, Instant now) {
        if (openUntil.isPresent()) {
            return good ? CLOSED : opened(now);
        }
        Breaker counted = isForgotten(now) ? CLOSED : this;
        if (good) {
            return counted.since.isEmpty() ? CLOSED : counted.counting(now, 0, 0);
        }
        Breaker worse = counted.counting(now, 1, counted.inRow + 1);
        boolean tooMany = worse.inRow >= MAX_IN_ROW || (worse.outcomes >= ENOUGH && worse.share() >= MAX_SHARE);
        return tooMany ? worse.opened(now) : worse;
    }

    /** Once a probe is on its way: no other may go until it is back, or has been away for a whole pause. */
    public Breaker probing(Instant now) {
        return new Breaker(since, outcomes, faults, inRow, Optional.of(now.plus(pause)), pause);
    }

    /** Whether the pause is over, so that one message should be sent to see; not so while it is closed. */
    public boolean isDueForProbe(Instant now) {
        return openUntil.filter(until -> !now.isBefore(until)).isPresent();
    }

    /** A lane that is due for a probe is good, or with a good one beside it it would never be tried again. */
    public Health health(Instant now) {
        if (openUntil.isPresent()) {
            return isDueForProbe(now) ? Health.GOOD : Health.OPEN;
        }
        if (isForgotten(now)) {
            return Health.GOOD;
        }
        return inRow >= 2 || (outcomes >= ENOUGH && share() >= SHAKY_SHARE) ? Health.SHAKY : Health.GOOD;
    }

    private boolean isForgotten(Instant now) {
        return since.map(start -> !now.isBefore(start.plus(MEMORY))).orElse(true);
    }

    private double share() {
        return (double) faults / outcomes;
    }

    private Breaker counting(Instant now, int fault, int row) {
        return new Breaker(since.or(() -> Optional.of(now)), outcomes + 1, faults + fault, row, openUntil, pause);
    }

    private Breaker opened(Instant now) {
        Duration twice = pause.multipliedBy(2);
        Duration longest = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        Duration next = pause.isZero() ? FIRST_PAUSE : longest;
        return new Breaker(since, outcomes, faults, inRow, Optional.of(now.plus(next)), next);
    }
}
