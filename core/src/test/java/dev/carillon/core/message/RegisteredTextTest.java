// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegisteredTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{#var#} is your {#var#} code. | 123456 is your Acme code. | true",
                "{#var#} is your {#var#} code. | 123456 is your Acme code | false",
                "{#var#} is your {#var#} code. | 123456 is your  code. | false",
                "{#var#} is your {#var#} code. | 123456 is your code. | false",
                "{#var#} is your {#var#} code. | 123456 Is your Acme code. | false",
                "{#var#} is your {#var#} code. | is your Acme code. | false",
                "Code {#numeric#} | Code 123456 | true",
                "Code {#var#} | Code 123456789012345678901234567890 | true",
                "Code {#var#} | Code 1234567890123456789012345678901 | false",
                "{#var#}{#var#} | a | false",
                "{#var#}{#var#} | ab | true",
                "a{#var#}a{#var#}a | aaaaa | true",
            })
    void allButThePlacesIsAlike(String registered, String message, boolean matches) {
        assertThat(new RegisteredText(registered).matches(message)).isEqualTo(matches);
    }

    /** A regular expression of this would not end in a lifetime. */
    @Test
    void manyPlacesTakeNoLonger() {
        RegisteredText registered = new RegisteredText("a{#var#}".repeat(60) + "b");
        assertThat(registered.matches("a".repeat(600))).isFalse();
        assertThat(registered.matches("a".repeat(600) + "b")).isTrue();
    }

    @Test
    void aTextWithoutAPlaceCannotCarryACode() {
        assertThatThrownBy(() -> new RegisteredText("Your code is 123456"))
                .hasMessage("a registered text has a place {#var#} for the code");
        assertThatThrownBy(() -> new RegisteredText("{#var#}" + "a".repeat(1_000)))
                .hasMessage("a registered text has at most 1000 characters");
    }
}
