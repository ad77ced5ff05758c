// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageComposerTest {

    private static final LocalizedTemplate ENGLISH = MessageTemplates.bundled().get("en-US");
    private static final Autofill BOTH = new Autofill("FA+9qCX9VSu", "example.com");

    private static String english(@Nullable String brand) {
        return MessageComposer.compose(ENGLISH, brand, "123456", Autofill.NONE);
    }

    @Test
    void namesTheBrandWhenThereIsOne() {
        assertThat(english("Acme")).isEqualTo("Your Acme code is 123456");
        assertThat(english(null)).isEqualTo("Your code is 123456");
        assertThat(english("")).isEqualTo("Your code is 123456");
        assertThat(english(" \n\u0000\u202e ")).isEqualTo("Your code is 123456");
    }

    @Test
    void putsTheAutofillLinesLast() {
        assertThat(MessageComposer.compose(ENGLISH, "Acme", "123456", BOTH))
                .isEqualTo("Your Acme code is 123456\nFA+9qCX9VSu\n@example.com #123456");
        assertThat(MessageComposer.compose(ENGLISH, null, "123456", new Autofill("FA+9qCX9VSu", null)))
                .isEqualTo("Your code is 123456\nFA+9qCX9VSu");
        assertThat(MessageComposer.compose(ENGLISH, null, "123456", new Autofill(null, "example.com")))
                .isEqualTo("Your code is 123456\n@example.com #123456");
    }

    @Test
    void masksTheCodeWhereverItStands() {
        assertThat(MessageComposer.composeMasked(ENGLISH, null, 6, Autofill.NONE))
                .isEqualTo("Your code is ******");
        assertThat(MessageComposer.composeMasked(ENGLISH, "Acme", 4, BOTH))
                .isEqualTo("Your Acme code is ****\nFA+9qCX9VSu\n@example.com #****");
    }

    @Test
    void takesABrandForDataAndNothingElse() {
        assertThat(english("{{code}}")).isEqualTo("Your {{code}} code is 123456");
        assertThat(english("{{brand}}")).isEqualTo("Your {{brand}} code is 123456");
        assertThat(english("$1 \\ $0 ${code}")).isEqualTo("Your $1 \\ $0 ${code} code is 123456");
        assertThat(english("A\r\nB\u2028C\u0085D\te")).isEqualTo("Your A B CD e code is 123456");
        assertThat(english("x\n@evil.example #1")).doesNotContain("\n");
        assertThat(english("A\u202eB\u2066C\ud800D\u0007")).isEqualTo("Your ABCD code is 123456");
        assertThat(english("می\u200cخواهم 😀")).contains("می\u200cخواهم 😀");
    }

    @Test
    void reordersVariablesAsTheTemplateHasThem() {
        LocalizedTemplate template = new LocalizedTemplate(
                new MessageTemplate("{{code}}"), new MessageTemplate("{{code}} ({{brand}}) \\n $0"));
        assertThat(MessageComposer.compose(template, "A{{code}}B", "0000", Autofill.NONE))
                .isEqualTo("0000 (A{{code}}B) \\n $0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12 34", "{{brand}}", "123456\n", "1234567890123456", "１２３４", "$1"})
    void refusesWhatIsNoCode(String code) {
        assertThatThrownBy(() -> MessageComposer.compose(ENGLISH, null, code, Autofill.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a code");
    }

    @Test
    void refusesOtherLengthsAndAutofillForms() {
        for (int length : new int[] {-1, 0, 16}) {
            assertThatThrownBy(() -> MessageComposer.composeMasked(ENGLISH, null, length, Autofill.NONE))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Autofill("short", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Autofill(null, "https://example.com"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The brand is any text without digits, so that each digit of the message is from the code. */
    @Property
    void hasTheCodeOnceInTheTextAndOnceInTheLastLine(
            @ForAll("locales") String locale, @ForAll String brand, @ForAll("codes") String code) {
        LocalizedTemplate template = MessageTemplates.bundled().get(locale);
        String name = brand.replaceAll("[0-9]", "");
        List<String> lines =
                List.of(MessageComposer.compose(template, name, code, BOTH).split("\n", -1));
        assertThat(lines).hasSize(3);
        assertThat(occurrences(code, lines.getFirst())).isEqualTo(1);
        assertThat(lines.get(1)).isEqualTo("FA+9qCX9VSu");
        assertThat(lines.getLast()).isEqualTo("@example.com #" + code);

        String masked = MessageComposer.composeMasked(template, name, code.length(), BOTH);
        assertThat(masked).doesNotContain(code).hasSameSizeAs(String.join("\n", lines));
    }

    private static long occurrences(String code, String text) {
        return Pattern.compile(code, Pattern.LITERAL).matcher(text).results().count();
    }

    @Provide
    Arbitrary<String> locales() {
        return Arbitraries.of(MessageTemplates.bundled().locales());
    }

    @Provide
    Arbitrary<String> codes() {
        return Arbitraries.strings().numeric().ofMinLength(4).ofMaxLength(8);
    }
}
