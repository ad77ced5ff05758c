// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountriesTest {
    @Test
    void allHoldsEverything() {
        assertThat(Countries.parse("all")).isEqualTo(Countries.ALL);
        assertThat(Countries.parse("ALL")).isEqualTo(Countries.ALL);
        assertThat(Countries.ALL.contains("US")).isTrue();
        assertThat(Countries.ALL.contains("")).isTrue();
        assertThat(Countries.ALL).hasToString("all");
    }

    @Test
    void aListHoldsWhatItNames() {
        Countries countries = Countries.parse("us, FR,fr");
        assertThat(countries.contains("US")).isTrue();
        assertThat(countries.contains("FR")).isTrue();
        assertThat(countries.contains("DE")).isFalse();
        assertThat(countries.contains("")).isFalse();
        assertThat(countries).hasToString("FR,US");
        assertThat(Countries.parse(countries.toString())).isEqualTo(countries);
    }

    @Test
    void knowsKosovo() {
        assertThat(Countries.parse("XK").contains("XK")).isTrue();
    }

    @Test
    void readsTheSameInTurkey() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertThat(Countries.parse("in,it").contains("IN")).isTrue();
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "US,", "USA", "UK", "EU", "all,US", "12", "ZZ"})
    void refusesWhatIsNoCountry(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Countries.parse(text))
                .withMessageContaining("ISO 3166-1");
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOf() {
        Set<String> codes = new HashSet<>(Set.of("US"));
        Countries countries = new Countries(codes);
        codes.add("FR");
        assertThat(countries.contains("FR")).isFalse();
    }
}
