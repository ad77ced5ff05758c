// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WireTimeTest {

    @Test
    void alwaysSixDigits() {
        assertThat(WireTime.of(Instant.parse("2026-11-22T09:05:01Z"))).isEqualTo("2026-11-22T09:05:01.000000Z");
        assertThat(WireTime.of(Instant.parse("2026-11-22T09:05:01.1Z"))).isEqualTo("2026-11-22T09:05:01.100000Z");
        assertThat(WireTime.of(Instant.parse("2026-11-22T09:05:01.999999999Z")))
                .isEqualTo("2026-11-22T09:05:01.999999Z");
    }

    @Property
    void theSameAsTheJdkWrites(
            @ForAll @LongRange(min = -62_000_000_000L, max = 253_402_300_799L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano) {
        Instant time = Instant.ofEpochSecond(second, nano);
        String expected = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'")
                .withZone(ZoneOffset.UTC)
                .format(time);
        assertThat(WireTime.of(time)).isEqualTo(expected);
    }
}
