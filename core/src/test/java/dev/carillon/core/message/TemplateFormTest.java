// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.message.TemplateForm.Unknown;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TemplateFormTest {
    private static final Map<String, Object> TREE = Map.of(
            "fallback",
            "fr",
            "texts",
            Map.of(
                    "fr",
                    "{{code}} est votre code",
                    "en-US",
                    Map.of("text", "{{code}} is your code", "ids", Map.of("whatsapp_template", "login_en"))),
            "ids",
            Map.of("whatsapp_template", "login"),
            "countries",
            Map.of(
                    "IN",
                    Map.of(
                            "ids",
                            Map.of("dlt_entity_id", "1101"),
                            "texts",
                            Map.of(
                                    "en",
                                    Map.of(
                                            "text", "{{code}} is it",
                                            "registered", "{#var#} is it",
                                            "ids", Map.of("dlt_template_id", "1107"))))));

    @Test
    void whatIsWrittenIsReadAgain() {
        AccountTemplate template = TemplateForm.read("login", TREE, Unknown.REFUSED);
        assertThat(TemplateForm.write(template)).isEqualTo(TREE);
        assertThat(TemplateForm.read("login", TemplateForm.write(template), Unknown.REFUSED))
                .isEqualTo(template);
        assertThat(template.choose("en", "IN").ids()).containsEntry("dlt_template_id", "1107");
    }

    @Test
    void theFallbackNeedNotBeSaidWhereItIsClear() {
        assertThat(TemplateForm.read("a", Map.of("texts", Map.of("de", "{{code}}")), Unknown.REFUSED)
                        .fallback())
                .isEqualTo("de");
        assertThat(TemplateForm.read(
                                "a", Map.of("texts", Map.of("de", "{{code}}", "en_us", "{{code}}")), Unknown.REFUSED)
                        .fallback())
                .isEqualTo("en-US");
    }

    @Test
    void idsOfDigitsMayBeNumbers() {
        assertThat(TemplateForm.read(
                                "a",
                                Map.of("texts", Map.of("de", "{{code}}"), "ids", Map.of("zalo_template_id", 4711L)),
                                Unknown.REFUSED)
                        .standard()
                        .ids())
                .containsEntry("zalo_template_id", "4711");
    }

    @Test
    void whatANewerVersionWroteIsLeftAlone() {
        Map<String, Object> tree = Map.of("texts", Map.of("de", "{{code}}"), "voice", true);
        assertThat(TemplateForm.read("a", tree, Unknown.IGNORED).fallback()).isEqualTo("de");
        assertThatThrownBy(() -> TemplateForm.read("a", tree, Unknown.REFUSED))
                .hasMessage("voice is not known here; there are fallback, texts, ids, countries");
    }

    static Stream<Arguments> wrong() {
        Map<String, String> good = Map.of("de", "{{code}}");
        return Stream.of(
                Arguments.of(List.of(), "must be a mapping with fallback, texts, ids, countries"),
                Arguments.of(Map.of(), "texts: a template needs at least one"),
                Arguments.of(Map.of("texts", "x"), "texts: must be a mapping"),
                Arguments.of(Map.of("texts", Map.of("de", "x")), "texts.de: a template has {{code}} exactly once"),
                Arguments.of(
                        Map.of("texts", Map.of("de", "{{code}} {{name}}")),
                        "texts.de: a template has no variable {{name}}"),
                Arguments.of(
                        Map.of("texts", Map.of("x", "{{code}}")),
                        "texts.x: 'x' is not a BCP 47 language tag, such as pt-BR"),
                Arguments.of(Map.of("texts", Map.of("de", Map.of())), "texts.de: text is missing for de"),
                Arguments.of(
                        Map.of("texts", Map.of("de", 7)), "texts.de: must be a mapping with text, registered, ids"),
                Arguments.of(
                        Map.of("texts", Map.of("de", Map.of("text", "{{code}}", "registered", "x"))),
                        "texts.de.registered: a registered text has a place {#var#} for the code"),
                Arguments.of(
                        Map.of("texts", Map.of("de", "{{code}}", "fr", "{{code}}")),
                        "fallback is missing: the locale to take when none fits, one of de, fr"),
                Arguments.of(
                        Map.of("texts", good, "fallback", "fr"),
                        "fallback must be one of the locales that there is a text in"),
                Arguments.of(
                        Map.of("texts", good, "ids", Map.of("zalo_template_id", true)),
                        "ids.zalo_template_id: must be a text"),
                Arguments.of(
                        Map.of("texts", good, "countries", Map.of("IN", Map.of("texts", Map.of("en", "x")))),
                        "countries.IN.texts.en: a template has {{code}} exactly once"),
                Arguments.of(
                        Map.of("texts", good, "countries", Map.of("IN", Map.of("text", good))),
                        "countries.IN: text is not known here; there are texts, ids"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsNamed(Object tree, String message) {
        assertThatThrownBy(() -> TemplateForm.read("a", tree, Unknown.REFUSED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
