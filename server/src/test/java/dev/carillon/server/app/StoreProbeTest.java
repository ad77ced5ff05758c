// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreProbeTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicBoolean reachable = new AtomicBoolean(true);

    @Test
    void theLastAnswerCounts() {
        try (StoreProbe probe = new StoreProbe(reachable::get, now::get)) {
            assertThat(probe.isAnswering()).isTrue();
            reachable.set(false);
            probe.ask();
            assertThat(probe.isAnswering()).isFalse();
            reachable.set(true);
            probe.ask();
            assertThat(probe.isAnswering()).isTrue();
        }
    }

    /** As with a server that is stopped in the middle, whose connections stay open. */
    @Test
    void aQuestionThatHangsIsANoInTime() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        try (StoreProbe probe = new StoreProbe(
                () -> {
                    asked.countDown();
                    try {
                        answered.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    return true;
                },
                now::get)) {
            Thread asking = Thread.ofVirtual().start(probe::ask);
            asked.await();
            assertThat(probe.isAnswering()).isTrue();
            now.addAndGet(StoreProbe.PATIENCE.toNanos());
            assertThat(probe.isAnswering()).isFalse();

            answered.countDown();
            assertThat(asking.join(Duration.ofSeconds(20))).isTrue();
            assertThat(probe.isAnswering()).isTrue();
        }
    }
}
