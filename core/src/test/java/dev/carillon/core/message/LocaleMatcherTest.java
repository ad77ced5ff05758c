// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ibm.icu.util.ULocale;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocaleMatcherTest {

    private static final MessageTemplates TEMPLATES = MessageTemplates.bundled();

    private static final com.ibm.icu.util.LocaleMatcher ICU = icu();

    private static com.ibm.icu.util.LocaleMatcher icu() {
        var builder = com.ibm.icu.util.LocaleMatcher.builder().addSupportedULocale(ULocale.US);
        TEMPLATES.locales().forEach(tag -> builder.addSupportedULocale(ULocale.forLanguageTag(tag)));
        return builder.setDefaultULocale(ULocale.US).build();
    }

    private static String match(@Nullable String requested) {
        return TEMPLATES.match(requested, "FR");
    }

    private static String icuMatch(String tag) {
        return ICU.getBestMatch(ULocale.forLanguageTag(tag)).toLanguageTag();
    }

    @ParameterizedTest
    @CsvSource({
        "fr, fr",
        "fr-BE, fr",
        "fr-CA, fr-CA",
        "FR-ca, fr-CA",
        "en_US, en-US",
        "en, en-US",
        "en-AU, en-GB",
        "en-CA, en-US",
        "pt, pt-BR",
        "pt-AO, pt-PT",
        "pt-PT, pt-PT",
        "es-MX, es-419",
        "es-419, es-419",
        "es-GQ, es",
        "zh, zh-Hans",
        "zh-CN, zh-Hans",
        "zh-SG, zh-Hans",
        "zh-TW, zh-Hant",
        "zh-HK, zh-Hant",
        "zh_Hant_HK, zh-Hant",
        "zh-Hans-TW, zh-Hans",
        "yue, zh-Hant",
        "sr, sr",
        "sr-ME, sr-Latn",
        "sr-Latn-RS, sr-Latn",
        "sr-Cyrl-ME, sr",
        "sh, sr-Latn",
        "no, nb",
        "nn-NO, nb",
        "tl, fil",
        "iw, he",
        "in, id",
        "mo, ro",
        "gsw, de",
        "de-CH-1996, de",
        "es-AR-x-foo, es-419",
        "en_US.UTF-8, en-US",
        "ak, en-US",
        "xx-YY, en-US"
    })
    void finds(String requested, String locale) {
        assertThat(match(requested)).isEqualTo(locale);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "en_US", "pt", "pt-AO", "zh-TW", "zh-HK", "zh-CN", "zh", "sr", "sr-ME", "no", "nn-NO", "tl", "gsw",
                "iw", "in", "pt-BR"
            })
    void agreesWithIcuWhereTheJdkFails(String requested) {
        assertThat(match(requested)).isEqualTo(icuMatch(requested.replace('_', '-')));
    }

    /**
     * But for scripts, which ICU weighs: it turns away from a text in the wrong one, where we take it rather than
     * English.
     */
    @Test
    void agreesWithIcuOnAllLocalesThatItKnows() {
        Set<String> supported = new TreeSet<>();
        TEMPLATES
                .locales()
                .forEach(tag -> supported.add(Locale.forLanguageTag(tag).getLanguage()));
        Map<String, String> differences = new TreeMap<>();
        for (ULocale locale : ULocale.getAvailableLocales()) {
            String tag = locale.toLanguageTag();
            String ours = match(tag);
            String icu = icuMatch(tag);
            if (supported.contains(locale.getLanguage())
                    && sameScript(locale, ULocale.forLanguageTag(ours))
                    && !ours.equals(icu)) {
                differences.put(tag, ours + " for " + icu);
            }
        }
        assertThat(differences).isEqualTo(Map.of("hr-BA", "hr for bs"));
    }

    @Test
    void agreesWithIcuOnAllRegionsOfTheLanguagesThatDiffer() {
        for (String language : List.of("en", "es", "fr", "pt", "sr", "zh")) {
            for (String region : Locale.getISOCountries()) {
                String tag = language + "-" + region;
                assertThat(match(tag)).as(tag).isEqualTo(icuMatch(tag));
            }
        }
    }

    private static boolean sameScript(ULocale one, ULocale other) {
        return ULocale.addLikelySubtags(one)
                .getScript()
                .equals(ULocale.addLikelySubtags(other).getScript());
    }

    @ParameterizedTest
    @CsvSource({
        "FR, fr",
        "US, en-US",
        "GB, en-GB",
        "GG, en-GB",
        "CA, en-US",
        "MX, es-419",
        "ES, es",
        "BR, pt-BR",
        "AO, pt-PT",
        "TW, zh-Hant",
        "HK, zh-Hant",
        "CN, zh-Hans",
        "RS, sr",
        "ME, sr-Latn",
        "NO, nb",
        "CH, de",
        "BE, nl",
        "AF, fa",
        "PK, en-GB",
        "NG, en-GB",
        "KE, en-GB",
        "PH, en-US",
        "SN, fr",
        "BI, fr",
        "IL, he",
        "ID, id",
        "JP, ja",
        "ZZ, en-US"
    })
    void takesTheLanguageOfTheNumbersCountryWhenNoneIsNamed(String region, String locale) {
        assertThat(TEMPLATES.match(null, region)).isEqualTo(locale);
        assertThat(TEMPLATES.match(" ", region)).isEqualTo(locale);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void fallsBackWhenNothingIsKnown(@Nullable String requested) {
        assertThat(TEMPLATES.match(requested, null)).isEqualTo("en-US");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "__",
                "*",
                "fr;DROP TABLE",
                "é",
                "日本",
                "\u0000",
                "a",
                "123",
                "und",
                "i-klingon",
                "-fr",
                "frfrfrfrfr",
                "’"
            })
    void takesRubbishForNoLocaleAtAll(String requested) {
        assertThat(match(requested)).isEqualTo("en-US");
    }

    @Test
    void doesNotReadWhatIsTooLong() {
        assertThat(match("fr-x-" + "a-".repeat(14) + "a")).isEqualTo("fr"); // 34
        assertThat(match("fr-x-" + "a-".repeat(15) + "a")).isEqualTo("en-US"); // 36
        assertThat(match("f".repeat(1_000_000))).isEqualTo("en-US");
    }

    @Property
    void neverThrows(@ForAll String requested, @ForAll String region) {
        assertThat(TEMPLATES.locales()).contains(TEMPLATES.match(requested, region));
    }

    @Property
    void neverThrowsOnWhatLooksLikeATag(@ForAll("tagLike") String requested) {
        assertThat(TEMPLATES.locales()).contains(match(requested));
    }

    @Provide
    Arbitrary<String> tagLike() {
        Arbitrary<String> subtag = Arbitraries.oneOf(
                Arbitraries.of("zh", "sr", "en", "no", "x", "u", "Hant", "Latn", "TW", "419", "i", "root"),
                Arbitraries.strings().alpha().numeric().ofMaxLength(9));
        return subtag.list().ofMaxSize(6).map(subtags -> String.join("-", subtags));
    }

    @Test
    void keepsToTheLocalesOfAnAccountsOwnTexts() {
        LocaleMatcher matcher = new LocaleMatcher(Set.of("en-US", "en-AU", "pt-PT", "fr", "nn"));
        assertThat(matcher.match("en-AU", null)).isEqualTo("en-AU");
        assertThat(matcher.match("en-NZ", null)).isEqualTo("en-US");
        assertThat(matcher.match("pt-BR", null)).isEqualTo("pt-PT");
        assertThat(matcher.match("nn", null)).isEqualTo("nn");
        assertThat(matcher.match("de", "FR")).isEqualTo("en-US");
        assertThat(matcher.match(null, "DE")).isEqualTo("en-US");
    }

    @Test
    void needsTheDefault() {
        assertThatThrownBy(() -> new LocaleMatcher(Set.of("fr"))).isInstanceOf(IllegalArgumentException.class);
    }
}
