// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AllowanceTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Limit THREE_AN_HOUR = Limit.parse("3/1h");

    /** A bucket that leaks a little every nanosecond: the definition, with none of the algorithm's tricks. */
    private static final class Bucket {
        private final Limit limit;
        private long level;

        Bucket(Limit limit) {
            this.limit = limit;
        }

        void pass(long nanos) {
            level = Math.max(0, level - nanos);
        }

        boolean take() {
            boolean fits = level + limit.interval().toNanos() <= limit.per().toNanos();
            level += fits ? limit.interval().toNanos() : 0;
            return fits;
        }
    }

    @Property(tries = 500)
    void allowsWhatALeakingBucketAllows(@ForAll("limits") Limit limit, @ForAll("pauses") List<Long> pauses) {
        Bucket bucket = new Bucket(limit);
        Allowance allowance = Allowance.FULL;
        Instant now = START;
        for (long thousandths : pauses) {
            long pause = limit.interval().toNanos() / 1000 * thousandths;
            now = now.plusNanos(pause);
            bucket.pass(pause);
            boolean allowed = !allowance.availableAt(limit, now).isAfter(now);
            assertThat(allowed).isEqualTo(bucket.take());
            allowance = allowed ? allowance.take(limit, now) : allowance;
        }
    }

    @Property(tries = 200)
    void isAvailableWhenItSaysAndNotBefore(@ForAll("limits") Limit limit, @ForAll("pauses") List<Long> pauses) {
        Allowance allowance = Allowance.FULL;
        Instant now = START;
        for (long thousandths : pauses) {
            Instant at = allowance.availableAt(limit, now);
            if (at.isAfter(now)) {
                assertThat(allowance.availableAt(limit, at)).isEqualTo(at);
                assertThat(allowance.availableAt(limit, at.minusNanos(1))).isAfter(at.minusNanos(1));
            } else {
                allowance = allowance.take(limit, now);
            }
            now = now.plusNanos(limit.interval().toNanos() / 1000 * thousandths);
        }
    }

    @Property(tries = 200)
    void aClockThatIsSetBackLocksNobodyOutForLong(@ForAll("limits") Limit limit, @ForAll("pauses") List<Long> back) {
        Instant now = START;
        Allowance allowance = Allowance.FULL;
        for (long thousandths : back) {
            now = now.minus(limit.per().dividedBy(1000).multipliedBy(thousandths));
            Instant at = allowance.availableAt(limit, now);
            if (at.isAfter(now)) {
                assertThat(at).isBeforeOrEqualTo(now.plus(limit.per()).plus(limit.interval()));
                assertThat(allowance.availableAt(limit, at)).isEqualTo(at);
            } else {
                allowance = allowance.take(limit, now);
            }
        }
    }

    @Test
    void afterADayTooFarAheadItIsNotLockedForADay() {
        Allowance spent = spend(THREE_AN_HOUR, START.plus(Duration.ofDays(1)));
        assertThat(spent.availableAt(THREE_AN_HOUR, START)).isBeforeOrEqualTo(START);
        Allowance taken = spent.take(THREE_AN_HOUR, START);
        assertThat(taken.spentUntil()).isEqualTo(START.plus(Duration.ofMinutes(20)));
    }

    @Test
    void aClockThatIsSetBackALittleGivesNothingAway() {
        Allowance spent = spend(THREE_AN_HOUR, START);
        Instant earlier = START.minusSeconds(5);
        assertThat(spent.availableAt(THREE_AN_HOUR, earlier)).isEqualTo(START.plus(Duration.ofMinutes(20)));
    }

    @Test
    void refillsEvenly() {
        Allowance spent = spend(THREE_AN_HOUR, START);
        assertThat(spent.availableAt(THREE_AN_HOUR, START)).isEqualTo(START.plus(Duration.ofMinutes(20)));
        assertThat(spent.expiresAt()).isEqualTo(START.plus(Duration.ofHours(1)));
    }

    @Test
    void aLimitThatIsRaisedHoldsAtOnce() {
        Allowance spent = spend(THREE_AN_HOUR, START);
        assertThat(spent.availableAt(Limit.parse("10/1h"), START)).isEqualTo(START.plus(Duration.ofMinutes(6)));
    }

    private static Allowance spend(Limit limit, Instant now) {
        Allowance allowance = Allowance.FULL;
        for (int i = 0; i < limit.count(); i++) {
            assertThat(allowance.availableAt(limit, now)).isBeforeOrEqualTo(now);
            allowance = allowance.take(limit, now);
        }
        assertThat(allowance.availableAt(limit, now)).isAfter(now);
        return allowance;
    }

    @Provide
    Arbitrary<Limit> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.of(
                                Duration.ofSeconds(1), Duration.ofMinutes(7), Duration.ofHours(1), Duration.ofDays(30)))
                .as(Limit::new);
    }

    /** Thousandths of what one unit takes to refill. */
    @Provide
    Arbitrary<List<Long>> pauses() {
        return Arbitraries.longs().between(0, 3000).list().ofMaxSize(60);
    }
}
