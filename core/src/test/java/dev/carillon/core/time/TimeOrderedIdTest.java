// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeOrderedIdTest {
    private static final long LAST = (1L << 48) - 1;

    @Property
    void isAVersion4IdOfTheUsualVariant(
            @ForAll @LongRange(max = LAST) long millis, @ForAll long randomA, @ForAll long randomB) {
        UUID id = TimeOrderedId.of(Instant.ofEpochMilli(millis), randomA, randomB);
        assertThat(id.version()).isEqualTo(4);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(UUID.fromString(id.toString())).isEqualTo(id);
    }

    @Property
    void tellsItsTime(@ForAll @LongRange(max = LAST) long millis, @ForAll long randomA, @ForAll long randomB) {
        Instant at = Instant.ofEpochMilli(millis);
        assertThat(TimeOrderedId.timeOf(TimeOrderedId.of(at, randomA, randomB))).isEqualTo(at);
    }

    @Property
    void sortsByTime(
            @ForAll @LongRange(max = LAST - 1) long millis,
            @ForAll @LongRange(min = 1, max = 1000) long later,
            @ForAll long randomA,
            @ForAll long randomB) {
        long next = Math.min(LAST, millis + later);
        UUID earlier = TimeOrderedId.of(Instant.ofEpochMilli(millis), randomA, randomB);
        UUID after = TimeOrderedId.of(Instant.ofEpochMilli(next), randomB, randomA);
        assertThat(compare(earlier, after)).isNegative();
        assertThat(earlier.toString()).isLessThan(after.toString());
    }

    @Property
    void theLowerBoundDividesIdsByTheirTime(
            @ForAll @LongRange(min = 1, max = LAST) long millis, @ForAll long randomA, @ForAll long randomB) {
        Instant at = Instant.ofEpochMilli(millis);
        UUID bound = TimeOrderedId.lowerBound(at);
        assertThat(compare(bound, TimeOrderedId.of(at, randomA, randomB))).isNegative();
        assertThat(compare(TimeOrderedId.of(at.minusMillis(1), randomA, randomB), bound))
                .isNegative();
    }

    @Test
    void usesAllRandomBits() {
        Instant at = Instant.ofEpochMilli(0x0123_4567_89abL);
        assertThat(TimeOrderedId.of(at, -1, -1)).hasToString("01234567-89ab-4fff-bfff-ffffffffffff");
        assertThat(TimeOrderedId.of(at, 0, 0)).hasToString("01234567-89ab-4000-8000-000000000000");
    }

    /** As a database compares UUIDs: byte by byte, unsigned. */
    private static int compare(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
