// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "9171113333",
                "917-111-3333",
                "+1",
                "1",
                "\uFF19\uFF11\uFF17",
                "\u0669\u0661\u0667",
                "\u00E9",
                "\u4E2D\u6587",
                "\uD835\uDFD9",
                "a b",
                "_.,:!?&%@/+-'|",
                "\u216B",
                "\u00BD"
            })
    void namesThatPass(String text) {
        assertThat(Patterns.isName(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " 1",
                "1 ",
                "(917) 111-3333",
                "1#",
                "1*",
                "1\n",
                "\n1",
                "1\t2",
                "1\u00A02",
                "1\u20282",
                "e\u0301",
                "\uD83D\uDE00",
                "a\"b",
                "a\\b",
                "1;2"
            })
    void namesThatDoNot(String text) {
        assertThat(Patterns.isName(text)).isFalse();
    }

    /** Not as arguments, which reports of tests would have to show. */
    @Test
    void halvesOfCharactersAndZerosDoNot() {
        assertThat(Patterns.isName("\uD800")).isFalse();
        assertThat(Patterns.isName("1\0")).isFalse();
    }

    @Test
    void lengthsAreInCodePoints() {
        String wide = "\uD835\uDFD9"; // a digit of two UTF-16 units
        assertThat(Patterns.isName(wide.repeat(255))).isTrue();
        assertThat(Patterns.isName(wide.repeat(256))).isFalse();
        assertThat(Patterns.isNonEmpty("1".repeat(1000))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"us", "US", "uS", "USA", "ABCD", "AB1", "ABC1"})
    void countriesThatPass(String text) {
        assertThat(Patterns.isIsoCode(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "U", "12", "ABCD1", "ABCDE", "US\n", "\u00DC\u00DC", "AB\u0661", "U S"})
    void countriesThatDoNot(String text) {
        assertThat(Patterns.isIsoCode(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "12345", "1234567", "12345a", "123456\n", "\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16", " 123456"})
    void tokensThatDoNot(String text) {
        assertThat(Patterns.isToken(text)).isFalse();
        assertThat(Patterns.isToken("123456")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "00000000-0000-0000-0000-00000000000", "A0000000-0000-0000-0000-000000000000",
                "00000000-0000-0000-0000-000000000000\n", "00000000000000000000000000000000",
                        "g0000000-0000-0000-0000-000000000000"
            })
    void idsThatDoNot(String text) {
        assertThat(Patterns.isUuid(text)).isFalse();
        assertThat(Patterns.isUuid("00000000-0000-0000-0000-000000000000")).isTrue();
        assertThat(Patterns.isUuid("abcdef01-2345-f789-0abc-def012345678")).isTrue();
    }
}
