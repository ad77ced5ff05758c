// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.SenderRules.Candidates;
import dev.carillon.core.message.SenderRules.Choice;
import dev.carillon.core.message.SenderRules.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SenderRulesTest {
    private static final SenderRules RULES = SenderRules.standard();

    /** FR asks for nothing, US wants numbers that are registered, CA numbers, SG registered names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // country, requested, brand, own, connection → sender, reason
                "FR | Acme | -    | -            | 33100        | Acme         | REQUESTED",
                "FR | -    | Acme | -            | 33100        | 33100        | CONNECTION",
                "FR | -    | Acme | Other        | -            | Acme         | BRAND",
                "FR | -    | A brand that is long | Other | -   | Other        | ACCOUNT",
                "FR | -    | -    | -            | -            | -            | NO_OTHER",
                "US | Acme | -    | -            | +12025550100 | +12025550100 | NAMES_FORBIDDEN",
                "US | Acme | -    | +12025550199 | -            | +12025550199 | NAMES_FORBIDDEN",
                "US | Acme | -    | Acme         | -            | Acme         | NO_OTHER",
                "US | Acme | -    | Acme         | Other        | Acme         | NO_OTHER",
                "US | +12025550142 | - | -       | +12025550100 | +12025550100 | NOT_REGISTERED",
                "US | +12025550142 | - | +12025550142 | +12025550100 | +12025550142 | REQUESTED",
                "US | -    | Acme | Acme 72000   | -            | 72000        | ACCOUNT",
                "US | -    | Acme | 72000        | Named        | 72000        | ACCOUNT",
                "US | -    | Acme | -            | -            | Acme         | NO_OTHER",
                "CA | +12025550142 | - | -       | +12025550100 | +12025550142 | REQUESTED",
                "SG | Acme | -    | -            | Named        | Named        | NOT_REGISTERED",
                "SG | Acme | -    | Acme         | Named        | Acme         | REQUESTED",
                "SG | -    | Acme | Acme 6591234 | -            | Acme         | BRAND",
                "SG | -    | Acme | Brand 6591234 | -           | Brand        | ACCOUNT",
            })
    void theCountryHasTheLastWord(
            String country,
            @Nullable String requested,
            @Nullable String brand,
            @Nullable String own,
            @Nullable String connection,
            @Nullable String sender,
            Reason reason) {
        Set<String> registered =
                own == null ? Set.of() : Arrays.stream(own.split(" ", -1)).collect(Collectors.toSet());
        Candidates candidates = new Candidates(
                Optional.ofNullable(requested),
                Optional.ofNullable(brand),
                registered,
                Optional.ofNullable(connection));
        assertThat(RULES.choose(country, candidates)).isEqualTo(new Choice(Optional.ofNullable(sender), reason));
    }

    @Test
    void chinaWantsTheSignatureFirst() {
        assertThat(RULES.prefixed("CN", Optional.of("Acme"), "您的代码为 123456")).isEqualTo("【Acme】您的代码为 123456");
        assertThat(RULES.prefixed("CN", Optional.of("Acme"), "【艾克米】您的代码为 123456"))
                .isEqualTo("【艾克米】您的代码为 123456");
        assertThat(RULES.prefixed("CN", Optional.empty(), "123456")).isEqualTo("123456");
        assertThat(RULES.prefixed("FR", Optional.of("Acme"), "123456")).isEqualTo("123456");
        assertThat(RULES.prefixed("", Optional.of("Acme"), "123456")).isEqualTo("123456");
    }

    @Test
    void everyRuleNamesACountryAndItsSource() {
        Set<String> countries = Set.of(Locale.getISOCountries());
        assertThat(RULES.countries()).isSubsetOf(countries).contains("US", "CA", "IN", "SG", "CN");
        for (String country : RULES.countries()) {
            assertThat(RULES.rule(country).source()).as(country).isNotBlank();
            assertThat(RULES.rule(country).note()).as(country).isNotBlank();
        }
    }
}
