// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReceiptTimesTest {
    @Test
    void knowsNothingUntilThereAreEnough() {
        assertThat(times(9, 1_000).patience()).isEqualTo(Duration.ofSeconds(25));
        assertThat(times(10, 8_000).patience()).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void staysWithinItsBounds() {
        assertThat(times(10, 10).patience()).isEqualTo(Duration.ofSeconds(10));
        assertThat(times(10, 600_000).patience()).isEqualTo(Duration.ofSeconds(60));
        assertThat(times(10, -5).patience()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void oneThatIsVeryLateChangesLittle() {
        assertThat(times(20, 8_000).with(Duration.ofHours(2)).patience()).isEqualTo(Duration.ofSeconds(16));
    }

    @Test
    void forgetsWhatWasLongAgo() {
        ReceiptTimes times = times(64, 30_000);
        for (int i = 0; i < 64; i++) {
            times = times.with(Duration.ofSeconds(6));
        }
        assertThat(times.recent()).hasSize(64);
        assertThat(times.patience()).isEqualTo(Duration.ofSeconds(12));
    }

    @Property(tries = 200)
    void isAlwaysWithinItsBounds(@ForAll @Size(max = 100) List<Integer> millis) {
        ReceiptTimes times = ReceiptTimes.NONE;
        for (int each : millis) {
            times = times.with(Duration.ofMillis(each));
        }
        assertThat(times.patience()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    private static ReceiptTimes times(int count, long millis) {
        ReceiptTimes times = ReceiptTimes.NONE;
        for (int i = 0; i < count; i++) {
            times = times.with(Duration.ofMillis(millis));
        }
        return times;
    }
}
