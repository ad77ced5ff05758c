// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void aLaneThatDoesWellIsAlwaysTheSameValue() {
        assertThat(Breaker.CLOSED.after(true, NOW)).isSameAs(Breaker.CLOSED);
        assertThat(Breaker.CLOSED.health(NOW)).isEqualTo(Health.GOOD);
        assertThat(Breaker.CLOSED.isDueForProbe(NOW)).isFalse();
    }

    @Test
    void opensAfterFaultsInARow() {
        assertThat(faults(1).health(NOW)).isEqualTo(Health.GOOD);
        assertThat(faults(2).health(NOW)).isEqualTo(Health.SHAKY);
        assertThat(faults(4).health(NOW)).isEqualTo(Health.SHAKY);
        assertThat(faults(5).health(NOW)).isEqualTo(Health.OPEN);
    }

    @Test
    void opensWhenHalfOfManyFail() {
        Breaker breaker = Breaker.CLOSED;
        for (int i = 0; i < 19; i++) {
            breaker = breaker.after(i % 2 == 1, NOW);
            assertThat(breaker.health(NOW)).isNotEqualTo(Health.OPEN);
        }
        assertThat(breaker.after(false, NOW).health(NOW)).isEqualTo(Health.OPEN);
    }

    @Test
    void isShakyWhenAFifthOfManyFail() {
        Breaker breaker = Breaker.CLOSED;
        for (int i = 0; i < 20; i++) {
            breaker = breaker.after(i % 5 != 0, NOW);
        }
        assertThat(breaker.health(NOW)).isEqualTo(Health.SHAKY);
    }

    @Test
    void forgetsAfterAMinute() {
        Breaker breaker = faults(4);
        assertThat(breaker.health(NOW.plusSeconds(60))).isEqualTo(Health.GOOD);
        assertThat(breaker.after(false, NOW.plusSeconds(60)).inRow()).isEqualTo(1);
        assertThat(breaker.after(true, NOW.plusSeconds(60))).isSameAs(Breaker.CLOSED);
    }

    @Test
    void afterAPauseOneIsSentToSee() {
        Breaker open = faults(5);
        assertThat(open.isDueForProbe(NOW.plusSeconds(5).minusNanos(1))).isFalse();
        Instant due = NOW.plusSeconds(5);
        assertThat(open.isDueForProbe(due)).isTrue();
        assertThat(open.health(due)).isEqualTo(Health.GOOD);

        Breaker probing = open.probing(due);
        assertThat(probing.isDueForProbe(due)).isFalse();
        assertThat(probing.health(due)).isEqualTo(Health.OPEN);
        assertThat(probing.after(true, due)).isSameAs(Breaker.CLOSED);
        assertThat(probing.isDueForProbe(due.plusSeconds(5)))
                .as("a probe that never came back")
                .isTrue();
    }

    @Test
    void thePauseDoublesUpToAMinute() {
        Breaker breaker = faults(5);
        Instant time = NOW;
        for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
            assertThat(breaker.pause()).isEqualTo(Duration.ofSeconds(seconds));
            time = time.plusSeconds(seconds);
            breaker = breaker.probing(time).after(false, time);
        }
    }

    @Property(tries = 300)
    void noSequenceLocksItForGood(@ForAll @Size(max = 60) List<Boolean> outcomes) {
        Breaker breaker = Breaker.CLOSED;
        Instant time = NOW;
        for (boolean good : outcomes) {
            breaker = breaker.after(good, time);
            time = time.plusSeconds(1);
        }
        Instant later = time.plusSeconds(120);
        assertThat(breaker.health(later)).isEqualTo(Health.GOOD);
        assertThat(breaker.after(true, later)).isSameAs(Breaker.CLOSED);
    }

    private static Breaker faults(int count) {
        Breaker breaker = Breaker.CLOSED;
        for (int i = 0; i < count; i++) {
            breaker = breaker.after(false, NOW);
        }
        return breaker;
    }
}
