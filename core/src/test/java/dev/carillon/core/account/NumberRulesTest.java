// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.phone.LineType;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberRulesTest {
    @Test
    void codesGoToMobileAndVoipLinesUnlessSomebodySaysOtherwise() {
        assertThat(NumberRules.STANDARD.linesText()).isEqualTo("mobile,voip");
        assertThat(NumberRules.STANDARD.temporary()).isTrue();
        assertThat(NumberRules.STANDARD.callerNames()).isFalse();
    }

    @Test
    void linesAreReadAsTheyAreWritten() {
        NumberRules rules = new NumberRules(NumberRules.parse("satellite, fixed-line"), false, true);

        assertThat(rules.lines()).containsExactlyInAnyOrder(LineType.FIXED_LINE, LineType.SATELLITE);
        assertThat(NumberRules.parse(rules.linesText())).isEqualTo(rules.lines());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mobile,", "premium-rate", "MOBILE", "toll-free", "other"})
    void whatCannotBeAllowedIsRefused(String text) {
        assertThatThrownBy(() -> NumberRules.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fixed-line,mobile,pager,satellite,voip");
    }

    @ParameterizedTest
    @EnumSource(names = {"PREMIUM_RATE", "SHARED_COST", "TOLL_FREE", "OTHER", "UNKNOWN", "UNIVERSAL_ACCESS"})
    void noPolicyOpensLinesThatMakeMoney(LineType line) {
        assertThatThrownBy(() -> new NumberRules(Set.of(LineType.MOBILE, line), true, false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
