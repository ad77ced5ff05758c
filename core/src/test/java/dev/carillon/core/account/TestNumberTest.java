// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.core.account.TestNumber.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestNumberTest {
    @ParameterizedTest
    @ValueSource(strings = {"0000", "123456", "12345678"})
    void hasACodeOfFourToEightDigits(String code) {
        assertThat(new TestNumber("+15005550006", code, Outcome.VALID).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "123456789", "12345a", "12 345", "\u0661\u0662\u0663\u0664", "-1234", "1234\n"})
    void refusesOtherCodes(String code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestNumber("+15005550006", code, Outcome.VALID))
                .withMessageContaining("4 to 8 digits");
    }

    @ParameterizedTest
    @EnumSource
    void outcomesAreReadAsTheyAreWritten(Outcome outcome) {
        assertThat(Outcome.of(outcome.text())).contains(outcome);
        assertThat(outcome.text()).matches("[a-z_]+");
    }

    @Test
    void otherOutcomesAreUnknown() {
        assertThat(Outcome.of("VALID")).isEmpty();
        assertThat(Outcome.of("")).isEmpty();
    }
}
