// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Money;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:05:01Z");

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204, 408, 504})
    void whatMayHaveGoneOut(int status) {
        assertThat(Outcomes.byStatus(reply(status), "x")).isEqualTo(new SendResult.Unknown("x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 422, 429, 500, 502, 503})
    void whatDidNot(int status) {
        assertThat(Outcomes.byStatus(reply(status), "x")).isEqualTo(new SendResult.Fault("x"));
    }

    @Test
    void aCodeOfTheMessagesOwnIsARejection() {
        Map<String, Reason> reasons = Map.of("21211", Reason.NUMBER);
        Optional<String> words = Optional.of("The 'To' number +1 555 010-9999\nis not valid for code 739105");
        assertThat(Outcomes.refusal(reply(400), reasons, Optional.of("21211"), words))
                .isEqualTo(new SendResult.Rejected(
                        Reason.NUMBER, "HTTP 400 21211 The 'To' number +# is not valid for code #"));
        assertThat(Outcomes.refusal(reply(400), reasons, Optional.of("20003"), Optional.empty()))
                .isEqualTo(new SendResult.Fault("HTTP 400 20003"));
        assertThat(Outcomes.refusal(reply(504), reasons, Optional.empty(), Optional.empty()))
                .isEqualTo(new SendResult.Unknown("HTTP 504"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            to 447400123456 failed           | to # failed
            to +44 7400 123456 failed        | to +# failed
            to +1-555-010-9999.              | to +#.
            739105 is your code              | # is your code
            error 404 at 12:30               | error 404 at 12:30
            """)
    void numbersAndCodesAreHidden(String words, String shown) {
        assertThat(Outcomes.words(words)).isEqualTo(shown);
    }

    @Test
    void wordsAreOneBoundedLine() {
        assertThat(Outcomes.words("a\r\n\tb\u0000c")).isEqualTo("a b c");
        assertThat(Outcomes.words("x".repeat(5000))).hasSize(200).endsWith("x…");
        assertThat(Outcomes.detail("c".repeat(500), "w".repeat(500)))
                .hasSize(200)
                .startsWith("c".repeat(40) + " w");
        assertThat(Outcomes.detail("a\nb<c>", "")).isEqualTo("abc");
    }

    @ParameterizedTest
    @CsvSource({"-301, false", "-300, true", "0, true", "300, true", "301, false"})
    void freshIsWithinFiveMinutes(int seconds, boolean fresh) {
        assertThat(Outcomes.isFresh(NOW.plusSeconds(seconds), NOW)).isEqualTo(fresh);
    }

    @Test
    void prices() {
        assertThat(Outcomes.price(Optional.of("-0.00750"), Optional.of("usd"))).contains(new Money(7_500, "USD"));
        assertThat(Outcomes.price(Optional.of("12"), Optional.of("EUR"))).contains(new Money(12_000_000, "EUR"));
        for (String amount : new String[] {"", "null", "1e999999999", "1,5", "+1", "9999999999", ".5"}) {
            assertThat(Outcomes.price(Optional.of(amount), Optional.of("EUR")))
                    .as(amount)
                    .isEmpty();
        }
        assertThat(Outcomes.price(Optional.of("1"), Optional.of("EURO"))).isEmpty();
        assertThat(Outcomes.price(Optional.of("1"), Optional.empty())).isEmpty();
        assertThat(Outcomes.price(Optional.empty(), Optional.of("EUR"))).isEmpty();
    }

    private static HttpReply reply(int status) {
        return new HttpReply(status, Map.of(), "");
    }
}
