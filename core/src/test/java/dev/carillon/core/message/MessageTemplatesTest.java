// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageTemplatesTest {

    private static final String BRAND = "Twenty Letter Brands";
    private static final String CODE = "12345678";
    private static final Autofill HASH = new Autofill("FA+9qCX9VSu", null);

    static Set<String> locales() {
        return MessageTemplates.bundled().locales();
    }

    private static LocalizedTemplate template(String locale) {
        return MessageTemplates.bundled().get(locale);
    }

    @ParameterizedTest
    @MethodSource("locales")
    void fitsOneSmsWithALongBrandALongCodeAndAnAppHash(String locale) {
        assertThat(BRAND).hasSize(20);
        for (String brand : new String[] {"", BRAND}) {
            String message = MessageComposer.compose(template(locale), brand, CODE, HASH);
            assertThat(Segments.count(message).segments()).as(message).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("locales")
    void fitsOneSmsWithBothAutofillLinesWhenTheNamesAreShort(String locale) {
        Autofill both = new Autofill("FA+9qCX9VSu", "example.com");
        String message = MessageComposer.compose(template(locale), "Acme", "123456", both);
        assertThat(Segments.count(message).segments()).as(message).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("locales")
    void hasACodeEarlyAndNoOtherDigit(String locale) {
        for (MessageTemplate text : new MessageTemplate[] {
            template(locale).plain(), template(locale).branded()
        }) {
            assertThat(text.text().codePoints().filter(Character::isDigit)).isEmpty();
            assertThat(text.text()).doesNotContain("\n").isEqualTo(text.text().strip());
            assertThat(text.fill("", "").indexOf('{')).isNegative();
            assertThat(text.text().indexOf("{{code}}")).isLessThan(45);
        }
        assertThat(template(locale).branded().hasBrand()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("locales")
    void keepsTheCodeApartFromOtherLettersAndDigits(String locale) {
        String message = MessageComposer.compose(template(locale), "Acme", "123456", Autofill.NONE);
        int at = message.indexOf("123456");
        assertThat(message.charAt(at - 1)).isEqualTo(' ');
        assertThat(message.substring(at + 6)).doesNotMatch("(?s)^[A-Za-z0-9].*");
    }

    @ParameterizedTest
    @MethodSource("locales")
    void isNamedByACanonicalTag(String locale) {
        assertThat(Locale.forLanguageTag(locale).toLanguageTag()).isEqualTo(locale);
        assertThat(MessageTemplates.bundled().match(locale, null)).isEqualTo(locale);
    }

    @ParameterizedTest
    @MethodSource("locales")
    void hasNoTypographicSpacesOrQuotes(String locale) {
        assertThat(template(locale).plain().text() + template(locale).branded().text())
                .doesNotContainPattern("[\\u00A0\\u2000-\\u200B\\u2010-\\u202F\\u2066-\\u2069]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "en-US", "en-GB", "fr", "fr-CA", "de", "it", "nl", "da", "sv", "nb", "fi", "et", "tr", "az", "id", "ms",
                "fil", "sw", "af", "ca", "eu"
            })
    void isGsm7WhereTheLanguageAllows(String locale) {
        String message = MessageComposer.compose(template(locale), BRAND, CODE, Autofill.NONE);
        assertThat(Segments.count(message).encoding()).isEqualTo(SmsEncoding.GSM_7);
    }

    @Test
    void saysInEnglishWhatDingSaid() {
        assertThat(template("en-US").plain().text()).isEqualTo("Your code is {{code}}");
        assertThat(template("en-US").branded().text()).isEqualTo("Your {{brand}} code is {{code}}");
    }

    @Test
    void coversTheWorld() {
        assertThat(locales()).hasSizeGreaterThanOrEqualTo(80);
    }

    @Test
    void hasEachTextOnce() throws IOException {
        try (var in = MessageTemplates.class.getResourceAsStream("messages.properties")) {
            assertThat(in).isNotNull();
            Stream<String> keys = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(' ')));
            assertThat(keys).doesNotHaveDuplicates().hasSize(2 * locales().size());
        }
    }

    @Test
    void refusesALocaleItDoesNotHave() {
        assertThatThrownBy(() -> template("tlh")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'No code', a template has {{code}} exactly once",
        "'{{code}} {{code}}', a template has {{code}} exactly once",
        "'{{ code }}', a template has no variable {{ code }}",
        "'{{code}} {{name}}', a template has no variable {{name}}",
        "'{{code}} {{}}', a template has no variable {{}}",
        "'{{brand}} {{code}} {{brand}}', a template has {{brand}} at most once"
    })
    void saysWhatIsWrongWithATemplate(String text, String message) {
        assertThatThrownBy(() -> new MessageTemplate(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void boundsATemplate() {
        assertThatThrownBy(() -> new MessageTemplate("{{code}}" + " ".repeat(1_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesABrandWhereThereIsNone() {
        MessageTemplate branded = new MessageTemplate("{{brand}} {{code}}");
        assertThatThrownBy(() -> new LocalizedTemplate(branded, branded)).isInstanceOf(IllegalArgumentException.class);
    }
}
