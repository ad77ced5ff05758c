// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final Limit ONE_A_MINUTE = Limit.parse("1/1m");

    @ParameterizedTest
    @ValueSource(strings = {"1/1s", "5/1h", "1000000/30d", "16/10m", "7/1500ms"})
    void readsWhatItWrites(String text) {
        assertThat(Limit.parse(text)).hasToString(text);
    }

    @Test
    void readsCountAndDuration() {
        assertThat(Limit.parse("5/24h")).isEqualTo(new Limit(5, Duration.ofDays(1)));
        assertThat(Limit.parse("4/1h").interval()).isEqualTo(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "5",
                "5/",
                "/1h",
                "-1/1h",
                "+1/1h",
                "1.5/1h",
                "5/1h/2",
                "5 /1h",
                "x/1h",
                "99999999/1h",
                "5/1x",
                "5/999ms",
                "5/0s",
                "5/31d",
                "0/1h",
                "1000001/1h",
                "\u0665/1h"
            })
    void refusesAnythingElseWithAReason(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Limit.parse(text)).withMessageMatching(".{10,}");
    }

    @Test
    void everyLimitButTheCooldownAndACountrysFeedbackHasADefault() {
        for (LimitName name : LimitName.values()) {
            assertThat(Limits.STANDARD.get(name).isPresent())
                    .isEqualTo(name != LimitName.NUMBER_COOLDOWN && name != LimitName.FEEDBACK_COUNTRY);
            assertThat(Limits.STANDARD.isSet(name)).isFalse();
        }
    }

    @Test
    void anOverrideReplacesTheDefaultOfOneOnly() {
        Limits limits = Limits.STANDARD.with(LimitName.IP, Optional.of(ONE_A_MINUTE));
        assertThat(limits.get(LimitName.IP)).contains(ONE_A_MINUTE);
        assertThat(limits.isSet(LimitName.IP)).isTrue();
        assertThat(limits.get(LimitName.IP_HOUR)).isEqualTo(Limits.STANDARD.get(LimitName.IP_HOUR));
        assertThat(Limits.STANDARD.isSet(LimitName.IP)).isFalse();
    }

    @Test
    void offIsNotTheDefault() {
        Limits limits = Limits.STANDARD.with(LimitName.IP, Optional.empty());
        assertThat(limits.get(LimitName.IP)).isEmpty();
        assertThat(limits.isSet(LimitName.IP)).isTrue();
        assertThat(limits.with(LimitName.IP, Optional.of(ONE_A_MINUTE)).get(LimitName.IP))
                .contains(ONE_A_MINUTE);
    }

    @ParameterizedTest
    @EnumSource
    void namesAreReadAsTheyAreWritten(LimitName name) {
        assertThat(LimitName.of(name.text())).contains(name);
        assertThat(name.text()).matches("[a-z]+(-[a-z]+)*");
    }

    @Test
    void otherNamesAreUnknown() {
        assertThat(LimitName.of("number_hour")).isEmpty();
        assertThat(LimitName.of("NUMBER-HOUR")).isEmpty();
        assertThat(LimitName.of("")).isEmpty();
    }
}
