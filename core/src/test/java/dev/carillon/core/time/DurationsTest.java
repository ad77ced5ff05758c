// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0s,PT0S", "250ms,PT0.25S", "30s,PT30S", "10m,PT10M", "1h,PT1H", "7d,P7D", "007s,PT7S"})
    void readsWhatOperatorsWrite(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "30",
                "-30s",
                "+30s",
                "1.5h",
                "30 s",
                " 30s",
                "30s ",
                "30S",
                "1h30m",
                "1w",
                "30sec",
                "PT30S",
                "1234567890s",
                "\u0663s",
                "30s\n"
            })
    void refusesAnythingElseWithAReason(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("is not a duration");
    }

    @Test
    void readsLists() {
        assertThat(Durations.parseList("30s,1m")).containsExactly(Duration.ofSeconds(30), Duration.ofMinutes(1));
        for (String text : List.of("", ",", "30s,", ",30s", "30s, 60s", "30s;60s")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Durations.parseList(text));
        }
    }

    @Test
    void writesTheShortestText() {
        assertThat(Durations.format(Duration.ZERO)).isEqualTo("0s");
        assertThat(Durations.format(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Durations.format(Duration.ofMinutes(2))).isEqualTo("2m");
        assertThat(Durations.format(Duration.ofDays(2))).isEqualTo("2d");
        assertThat(Durations.format(Duration.ofMillis(1500))).isEqualTo("1500ms");
    }

    @Property
    void readsWhatItWrites(@ForAll @LongRange(min = 0, max = 999_999_999) long millis) {
        Duration duration = Duration.ofMillis(millis);
        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }

    @Property(tries = 100)
    void readsTheListsItWrites(
            @ForAll @Size(min = 1, max = 10) List<@LongRange(min = 0, max = 999_999_999) Long> seconds) {
        List<Duration> durations = seconds.stream().map(Duration::ofSeconds).toList();
        assertThat(Durations.parseList(Durations.format(durations))).isEqualTo(durations);
    }
}
