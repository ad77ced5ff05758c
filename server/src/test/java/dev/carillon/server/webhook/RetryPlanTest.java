// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryPlanTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void thePausesDoubleFromOneMinuteToTwelveHours() {
        List<Long> minutes = new ArrayList<>();
        for (int failures = 1; failures <= 13; failures++) {
            minutes.add(RetryPlan.pause(failures).toMinutes());
        }
        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 720L, 720L, 720L);
        assertThat(RetryPlan.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void itIsGivenUpAfterFourteenDays() {
        Instant now = START;
        int failures = 1;
        Optional<Instant> next = RetryPlan.next(failures, START, now);
        while (next.isPresent()) {
            assertThat(Duration.between(now, next.get())).isBetween(RetryPlan.FIRST, RetryPlan.LONGEST);
            now = next.get();
            next = RetryPlan.next(++failures, START, now);
        }
        assertThat(Duration.between(START, now)).isBetween(RetryPlan.PATIENCE, RetryPlan.PATIENCE.plusHours(12));
        assertThat(failures).isEqualTo(38);
    }
}
