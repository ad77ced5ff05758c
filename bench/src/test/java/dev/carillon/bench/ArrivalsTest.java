// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theOpenLoopArrivesByTheClockHoweverLateItIsServed() {
        Arrivals arrivals = new Arrivals.OpenLoop(4, SECOND);
        assertThat(arrivals.take(0)).isZero();
        assertThat(arrivals.isDue(SECOND / 4 - 1)).isFalse();
        assertThat(arrivals.nextAt()).isEqualTo(SECOND / 4);

        long late = 3 * SECOND;
        assertThat(arrivals.waiting(late)).isEqualTo(3);
        assertThat(arrivals.take(late)).isEqualTo(SECOND / 4);
        assertThat(arrivals.take(late)).isEqualTo(SECOND / 2);
        assertThat(arrivals.take(late)).isEqualTo(3 * SECOND / 4);
        assertThat(arrivals.isDue(late)).isFalse();
        assertThat(arrivals.waiting(late)).isZero();
    }

    @Test
    void theClosedLoopIsAlwaysDueUntilItsEnd() {
        Arrivals arrivals = new Arrivals.ClosedLoop(SECOND);
        assertThat(arrivals.isDue(SECOND - 1)).isTrue();
        assertThat(arrivals.take(17)).isEqualTo(17);
        assertThat(arrivals.isDue(SECOND)).isFalse();
    }
}
