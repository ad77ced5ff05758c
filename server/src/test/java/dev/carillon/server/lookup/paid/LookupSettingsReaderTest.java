// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Money;
import dev.carillon.server.config.YamlTree;
import dev.carillon.server.lookup.paid.provider.LookupKinds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LookupSettingsReaderTest {
    private static List<LookupSettings> read(String yaml) {
        return new LookupSettingsReader(LookupKinds.ALL).read(YamlTree.parse(yaml), _ -> Optional.empty());
    }

    @Test
    void providersAreAskedInTheOrderOfTheFile() {
        List<LookupSettings> read = read("""
                mnp:
                  kind: hlr-lookups
                  countries: [FR, DE]
                  price: 0.005 EUR
                  timeout: 1s
                  options: {api_key: a, api_secret: b}
                backup:
                  kind: twilio
                  price: 0.008 USD
                  cnam_price: 0.01 USD
                  options: {account_sid: a, auth_token: b}
                """);

        assertThat(read).extracting(LookupSettings::name).containsExactly("mnp", "backup");
        LookupSettings first = read.getFirst();
        assertThat(first.countries().codes()).containsExactly("DE", "FR");
        assertThat(first.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(first.price(Topic.NETWORK)).contains(Money.of("0.005", "EUR"));
        assertThat(first.price(Topic.CALLER_NAME)).isEmpty();
        LookupSettings second = read.getLast();
        assertThat(second.timeout()).as("its share of three seconds").isEqualTo(Duration.ofMillis(1500));
        assertThat(second.price(Topic.CALLER_NAME)).contains(Money.of("0.01", "USD"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'a: {}'                                      | lookups.a.kind is missing
            'a: {kind: odd}'                             | lookups.a.kind 'odd' is not known; must be one of hlr-lookups, http
            'A: {kind: twilio}'                          | lookups.A must be named by
            'a: {kind: twilio, timeout: 4s}'             | lookups.a.timeout must be
            'a: {kind: twilio, price: much}'             | lookups.a.price must be an amount and a currency
            'a: {kind: twilio, countries: [XX]}'         | lookups.a.countries
            'a: {kind: twilio, prize: 1 EUR}'            | lookups.a.prize is not known
            """)
    void whatIsWrongIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
