// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may wrap around
    private final Throttle throttle = new Throttle(10, now::get);

    @Test
    void givesTurnsEvenlySpaced() {
        assertThat(wait(1, LONG)).isEqualTo(Duration.ZERO);
        assertThat(wait(1, LONG)).isEqualTo(Duration.ofMillis(100));
        assertThat(wait(1, LONG)).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void doesNotSaveUpTurnsThatNobodyTook() {
        pass(Duration.ofMinutes(1));
        assertThat(wait(1, LONG)).isEqualTo(Duration.ZERO);
        assertThat(wait(1, LONG)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aTurnThatIsTooFarAwayIsNotTaken() {
        assertThat(wait(1, LONG)).isEqualTo(Duration.ZERO);
        assertThat(throttle.take(1, Duration.ofMillis(99))).isEmpty();
        assertThat(wait(1, Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void messagesThatBelongTogetherGetTurnsOneAfterTheOther() throws InterruptedException {
        Throttle.Turns turns = throttle.take(3, Duration.ZERO).orElseThrow();
        assertThat(turns.untilTurn(0)).isEqualTo(Duration.ZERO);
        assertThat(turns.untilTurn(2)).isEqualTo(Duration.ofMillis(200));
        assertThat(wait(1, LONG)).isEqualTo(Duration.ofMillis(300));
        pass(Duration.ofMillis(150));
        assertThat(turns.untilTurn(2)).isEqualTo(Duration.ofMillis(50));
        turns.await(1); // its turn has been: does not block
    }

    @Test
    void needsARate() {
        assertThatThrownBy(() -> new Throttle(0, now::get)).isInstanceOf(IllegalArgumentException.class);
    }

    private Duration wait(int messages, Duration longest) {
        Optional<Throttle.Turns> turns = throttle.take(messages, longest);
        return turns.orElseThrow().untilTurn(0);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
