// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HoldTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may wrap around
    private final Hold hold = new Hold(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4), () -> 0), now::get);

    @Test
    void isOffUntilAMessageIsRefused() {
        assertThat(hold.isOn()).isFalse();
        hold.taken();
        assertThat(hold.isOn()).isFalse();
        hold.refused();
        assertThat(hold.isOn()).isTrue();
        pass(1);
        assertThat(hold.isOn()).isFalse();
    }

    @Test
    void isLongerEachTime() {
        for (int seconds : new int[] {1, 2, 4, 4}) {
            hold.refused();
            pass(seconds - 1);
            assertThat(hold.isOn()).isTrue();
            pass(1);
            assertThat(hold.isOn()).isFalse();
        }
        hold.taken();
        hold.refused();
        pass(1);
        assertThat(hold.isOn()).isFalse();
    }

    @Test
    void thoseThatWereOnTheirWayTogetherCountOnce() {
        hold.refused();
        hold.refused();
        hold.refused();
        hold.taken();
        assertThat(hold.isOn()).as("it was sent before").isTrue();
        pass(1);
        assertThat(hold.isOn()).isFalse();
        hold.refused();
        pass(1);
        assertThat(hold.isOn()).as("the second time").isTrue();
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
