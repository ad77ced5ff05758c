// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.carillon.bench.Measurements.Operation;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Offset<Long> THREE_DIGITS = within(SECOND / 100);

    private final Measurements measurements = new Measurements(10 * SECOND, 12 * SECOND);

    @Test
    void latencyBelongsToTheIntendedStartAndRateToTheAnswer() {
        measurements.completed(Operation.CREATE, 9 * SECOND, 11 * SECOND); // began before the window
        measurements.completed(Operation.CREATE, 10 * SECOND, 11 * SECOND);
        measurements.completed(Operation.CHECK, 11 * SECOND, 11 * SECOND + 1);
        measurements.completed(Operation.CHECK, 11 * SECOND, 15 * SECOND); // answered after it

        assertThat(measurements.create().getTotalCount()).isEqualTo(1);
        assertThat(measurements.create().getMaxValue()).isCloseTo(SECOND, THREE_DIGITS);
        assertThat(measurements.check().getTotalCount()).isEqualTo(2);
        assertThat(measurements.check().getMaxValue()).isCloseTo(4 * SECOND, THREE_DIGITS);
        assertThat(measurements.all().getTotalCount()).isEqualTo(3);
        assertThat(measurements.operationsPerSecond()).isEqualTo(1.5);
        assertThat(measurements.pairsPerSecond()).isEqualTo(0.5);
    }

    @Test
    void errorsAreCountedByKind() {
        measurements.error("a");
        measurements.error("a");
        measurements.errors("b", 5);
        assertThat(measurements.errors()).containsOnly(Map.entry("a", 2L), Map.entry("b", 5L));
    }
}
