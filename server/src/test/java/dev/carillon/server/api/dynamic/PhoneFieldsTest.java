// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.api.AnswerException;
import dev.carillon.server.api.JsonBody;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhoneFieldsTest {
    private static PhoneFields read(String code, String number, String iso, boolean sandbox) {
        String json = "{\"phoneCountryCode\":\"%s\",\"phoneNumber\":\"%s\",\"isoCountryCode\":\"%s\"}"
                .formatted(code, number, iso);
        return PhoneFields.of(JsonBody.parse(json.getBytes(StandardCharsets.UTF_8)), sandbox);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 4155550100, us, 4155550100, 1, US",
        "+1, 415-555-0100, US, 4155550100, 1, US",
        "+1, +1 415.555.0100, usa, 4155550100, 1, US",
        "\uFF11, \uFF14\uFF11\uFF155550100, us, 4155550100, 1, US",
        "1, 14155550100, US, 4155550100, 1, US",
        "44, 07400 123456, gb, 7400123456, 44, GB",
        "+44, 7400123456, GBR, 7400123456, 44, GB",
        "39, 06 1234 5678, it, 0612345678, 39, IT",
        "1, 6135550123, us, 6135550123, 1, CA",
    })
    void areToldAgainInOneForm(
            String code, String number, String iso, String national, String calling, String country) {
        PhoneFields phone = read(code, number, iso, false);
        assertThat(phone.national()).isEqualTo(national);
        assertThat(phone.countryCode()).isEqualTo(calling);
        assertThat(phone.iso()).isEqualTo(country);
    }

    @ParameterizedTest
    @CsvSource({
        "1, hello, US", "1, 917, US", "44, 4155550100, US", "1, +447400123456, US", "1, 4155550100, ABCD",
        "1, 4155550100, zz", "one, 4155550100, US", "1, 5551234567, US", "0, 4155550100, US", "1, 41555501+00, US",
    })
    void thatAreNoNumberAreRefused(String code, String number, String iso) {
        assertThatThrownBy(() -> read(code, number, iso, false))
                .isInstanceOf(AnswerException.class)
                .hasMessage("answered with 422");
    }

    @ParameterizedTest
    @CsvSource({"1, 5551234567", "+1, +15551234567"})
    void theSandboxHasNumbersOfItsOwn(String code, String number) {
        assertThat(read(code, number, "us", true).number().value()).isEqualTo("+15551234567");
    }
}
