// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccountTemplateTest {
    private static final TemplateVariant STANDARD = new TemplateVariant(
            new TreeMap<>(Map.of(
                    "en-US", TemplateText.of("{{code}} in English"),
                    "fr", TemplateText.of("{{code}} en français"),
                    "cy", TemplateText.of("{{code}} yn Gymraeg"))),
            Map.of(TemplateIds.WHATSAPP, "login"));
    private static final TemplateVariant INDIA = new TemplateVariant(
            new TreeMap<>(Map.of(
                    "en",
                    new TemplateText(
                            new MessageTemplate("{{code}} in India"),
                            Optional.empty(),
                            Map.of(TemplateIds.DLT_TEMPLATE, "1107")),
                    "hi",
                    TemplateText.of("{{code}} hindi"))),
            Map.of(TemplateIds.DLT_ENTITY, "1101", TemplateIds.DLT_TEMPLATE, "1100"));
    private static final AccountTemplate TEMPLATE = new AccountTemplate(
            "login",
            "en-US",
            STANDARD,
            new TreeMap<>(
                    Map.of("IN", INDIA, "VN", new TemplateVariant(new TreeMap<>(), Map.of(TemplateIds.ZALO, "42")))));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "fr-FR, FR, {{code}} en français",
                "-, FR, {{code}} en français",
                "-, CA, {{code}} in English",
                "de, DE, {{code}} in English",
                "cy, GB, {{code}} yn Gymraeg",
                "-, -, {{code}} in English",
                "fr, VN, {{code}} en français",
                "-, IN, {{code}} hindi",
                "en-GB, IN, {{code}} in India",
                "fr, IN, {{code}} in India",
            })
    void choosesByCountryThenByLocale(String requested, String region, String text) {
        assertThat(TEMPLATE.choose(requested, region).text().text().text()).isEqualTo(text);
    }

    @Test
    void theNearestIdWins() {
        assertThat(TEMPLATE.choose("en", "IN").ids())
                .isEqualTo(Map.of(
                        TemplateIds.WHATSAPP,
                        "login",
                        TemplateIds.DLT_ENTITY,
                        "1101",
                        TemplateIds.DLT_TEMPLATE,
                        "1107"));
        assertThat(TEMPLATE.choose("hi", "IN").ids()).containsEntry(TemplateIds.DLT_TEMPLATE, "1100");
        assertThat(TEMPLATE.choose("fr", "VN").ids())
                .isEqualTo(Map.of(TemplateIds.WHATSAPP, "login", TemplateIds.ZALO, "42"));
        assertThat(TEMPLATE.choose("fr", null).ids()).isEqualTo(Map.of(TemplateIds.WHATSAPP, "login"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "é", "a/b"})
    void badIdsAreRefused(String id) {
        assertThat(AccountTemplate.isId(id)).isFalse();
        assertThatThrownBy(() -> new AccountTemplate(id, "fr", STANDARD, new TreeMap<>()))
                .hasMessageStartingWith("a template's id must be 1 to 64");
    }

    @Test
    void badPartsAreNamed() {
        assertThatThrownBy(() -> new AccountTemplate("a", "de", STANDARD, new TreeMap<>()))
                .hasMessage("fallback must be one of the locales that there is a text in");
        assertThatThrownBy(() -> new AccountTemplate("a", "fr", STANDARD, new TreeMap<>(Map.of("in", INDIA))))
                .hasMessage("countries.in must be named by an ISO 3166-1 alpha-2 code, such as IN");
        assertThatThrownBy(() -> TemplateVariant.of(Map.of("pt_br", TemplateText.of("{{code}}"))))
                .hasMessage("texts.pt_br must be written pt-BR");
        assertThatThrownBy(() -> new TemplateVariant(new TreeMap<>(), Map.of("dlt", "1")))
                .hasMessage("ids.dlt is not one of dlt_entity_id, dlt_telemarketer_id, dlt_template_id,"
                        + " whatsapp_template, zalo_template_id");
        assertThatThrownBy(() -> new TemplateVariant(new TreeMap<>(), Map.of("dlt_entity_id", "x")))
                .hasMessage("ids.dlt_entity_id must be 1 to 40 digits");
    }

    @Test
    void aTextReadsWellWithoutItsBrand() {
        TemplateText text = TemplateText.of("Your {{brand}} code is {{code}}");
        assertThat(text.compose(null, "123456", Autofill.NONE)).isEqualTo("Your code is 123456");
        assertThat(text.compose("Acme", "123456", Autofill.NONE)).isEqualTo("Your Acme code is 123456");
        assertThat(text.composeMasked("Acme", 6, Autofill.NONE)).isEqualTo("Your Acme code is ******");
    }

    @Test
    void aRegisteredTextGetsNoLinesThatItHasNoPlaceFor() {
        Autofill hash = new Autofill("FA+9qCX9VSu", null);
        TemplateText without = new TemplateText(
                new MessageTemplate("Code {{code}}."), Optional.of(new RegisteredText("Code {#var#}.")), Map.of());
        assertThat(without.compose(null, "123456", hash)).isEqualTo("Code 123456.");
        assertThat(without.composeMasked(null, 6, hash)).isEqualTo("Code ******.");
        TemplateText with = new TemplateText(
                new MessageTemplate("Code {{code}}."),
                Optional.of(new RegisteredText("Code {#var#}.\n{#var#}")),
                Map.of());
        assertThat(with.compose(null, "123456", hash)).isEqualTo("Code 123456.\nFA+9qCX9VSu");
    }
}
