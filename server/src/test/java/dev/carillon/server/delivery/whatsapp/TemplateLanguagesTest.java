// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateLanguagesTest {
    private static final TemplateLanguages LANGUAGES =
            TemplateLanguages.of(List.of("en_US", "en_GB", "de", "pt_BR", "zh_CN", "zh_HK", "fil", "nb", "he"));

    @ParameterizedTest
    @CsvSource({
        "en-US, en_US",
        "en-GB, en_GB",
        "en-AU, en_US",
        "en, en_US",
        "de, de",
        "de-AT, de",
        "pt-BR, pt_BR",
        "pt-PT, pt_BR",
        "zh-CN, zh_CN",
        "zh-Hans, zh_CN",
        "zh-Hant, zh_HK",
        "zh-Hant-TW, zh_HK",
        "zh-Hant-HK, zh_HK",
        "zh-SG, zh_CN",
        "fil, fil",
        "nb, nb",
        "he, he",
        "fr, en_US",
        "sr-Latn, en_US",
        "'', en_US",
        "not a locale, en_US"
    })
    void theNearestIsTaken(String locale, String code) {
        assertThat(LANGUAGES.nearest(locale)).isEqualTo(code);
    }

    @Test
    void theFirstIsForAllOthers() {
        assertThat(TemplateLanguages.of(List.of("vi", "en_US")).nearest("fr")).isEqualTo("vi");
    }

    @ParameterizedTest
    @CsvSource({"en-US", "EN", "english", "e", "en_us", "''"})
    void whatIsNoCodeOfMetasIsRefused(String code) {
        assertThatThrownBy(() -> TemplateLanguages.of(List.of("de", code)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(code);
    }
}
