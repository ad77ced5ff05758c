// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateRulesTest {
    private static final TemplateRules.Setting ACME =
            new TemplateRules.Setting(Optional.of("Acme"), 6, Optional.empty());

    private static TemplateRules.Findings check(String locale, String text) {
        return TemplateRules.check(
                new AccountTemplate(
                        "t", locale, TemplateVariant.of(Map.of(locale, TemplateText.of(text))), new TreeMap<>()),
                ACME);
    }

    private static TemplateRules.Findings india(String text, @Nullable String registered, Map<String, String> ids) {
        TemplateText own = new TemplateText(
                new MessageTemplate(text), Optional.ofNullable(registered).map(RegisteredText::new), ids);
        return TemplateRules.check(
                new AccountTemplate(
                        "t",
                        "en",
                        TemplateVariant.of(Map.of("en", TemplateText.of("Your code is {{code}}"))),
                        new TreeMap<>(Map.of("IN", TemplateVariant.of(Map.of("en", own))))),
                ACME);
    }

    @Test
    void theTextsThatComeWithCarillonAreFit() {
        for (String locale : MessageTemplates.bundled().locales()) {
            TemplateRules.Findings findings = check(
                    locale, MessageTemplates.bundled().get(locale).branded().text());
            assertThat(findings.errors()).as(locale).isEmpty();
        }
    }

    @Test
    void oneSmsIsTheLimitWithAllThatIsAdded() {
        // 160 less the code, the brand and a line with the app hash.
        String most = "{{brand}} code {{code}} " + "a".repeat(160 - 6 - 4 - 12 - 7);
        assertThat(check("en", most)).isEqualTo(new TemplateRules.Findings(List.of(), List.of()));
        assertThat(check("en", most + "a").errors())
                .containsExactly(
                        "texts.en takes 2 SMS with brand, code and lines for autofill: 161 of 160 characters of"
                                + " the GSM alphabet; shorten it by 1");
        assertThat(check("fr", "Votre code : {{code}}, à garder pour vous ’ " + "a".repeat(30))
                        .errors())
                .singleElement()
                .asString()
                .contains("of 70 characters (UCS-2); shorten it by");
        TemplateRules.Setting domain =
                new TemplateRules.Setting(Optional.of("Acme"), 6, Optional.of("www.example.com"));
        AccountTemplate template = new AccountTemplate(
                "t", "en", TemplateVariant.of(Map.of("en", TemplateText.of(most))), new TreeMap<>());
        assertThat(TemplateRules.check(template, domain).errors()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Your code is {{code}} ’ | texts.en has room for 70 characters instead of 160, because of ’",
                "G{{code}} is your code | texts.en has a letter or digit beside {{code}}: devices may not find the code",
                "Your code is {{code}}. Call 0800 | texts.en has another number of four digits or more: devices may take it for the code",
                "Your code is {{code}} https://acme.example | texts.en has a link: carriers filter codes with links",
                "Hello {{code}} | texts.en has no word such as \"code\": devices may not offer it",
            })
    void whatHadBetterBeOtherwiseIsAWarning(String text, String warning) {
        assertThat(check("en", text)).satisfies(findings -> {
            assertThat(findings.errors()).isEmpty();
            assertThat(findings.warnings()).containsExactly(warning);
        });
    }

    @Test
    void whatWouldNotBeSentAsWrittenIsAnError() {
        assertThat(check("en", "Your code is {{code}}\u0007").errors())
                .containsExactly("texts.en has control characters");
        assertThat(check("en", "Your code is {{code}}\n@acme.example #123456").errors())
                .singleElement()
                .asString()
                .startsWith("texts.en has a line that begins with @, which binds the code to a web site");
        AccountTemplate branded = new AccountTemplate(
                "t",
                "en",
                TemplateVariant.of(Map.of("en", TemplateText.of("{{brand}} code {{code}}"))),
                new TreeMap<>());
        assertThat(TemplateRules.check(branded, new TemplateRules.Setting(Optional.empty(), 6, Optional.empty()))
                        .errors())
                .containsExactly("texts.en names {{brand}}, but the account has no --brand");
    }

    @Test
    void aRegisteredTextMustMatch() {
        Map<String, String> ids = Map.of(TemplateIds.DLT_TEMPLATE, "1107");
        assertThat(india("{{code}} is your {{brand}} code.", "{#var#} is your {#var#} code.", ids))
                .satisfies(findings -> {
                    assertThat(findings.errors()).isEmpty();
                    assertThat(findings.warnings())
                            .containsExactly("countries.IN.texts.en is sent without lines for autofill: its registered"
                                    + " text has no places for them");
                });
        assertThat(india("{{code}} is your {{brand}} code.", "{#var#} is your {#var#} code.\n{#var#}", ids))
                .satisfies(findings -> {
                    // Without the line it would not match.
                    assertThat(findings.errors()).hasSize(1);
                });
        assertThat(india("{{code}} is your code!", "{#var#} is your code.", ids).errors())
                .containsExactly("countries.IN.texts.en does not match its registered text: all but the places {#var#}"
                        + " must be the same to the letter, and brand and code must stand in places");
        assertThat(india("Code {{code}}, {{brand}}", "Code 135792, {#var#}", ids)
                        .errors())
                .hasSize(1);
    }

    @Test
    void indiaWantsTextsRegistered() {
        assertThat(india("Your code is {{code}}", null, Map.of()).warnings())
                .contains("countries.IN.texts.en has no ids.dlt_template_id: carriers in India drop what is not"
                        + " registered");
        assertThat(india("Your code is {{code}}", null, Map.of(TemplateIds.DLT_TEMPLATE, "1107"))
                        .warnings())
                .containsExactly("countries.IN.texts.en has no registered text, so that nobody can tell whether it"
                        + " matches");
    }
}
