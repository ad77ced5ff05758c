// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.message.TemplateText;
import dev.carillon.core.message.TemplateVariant;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.ParseResult;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Code;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageTextTest {
    private static final Code CODE = new Code("123456");
    private static final String US = "+12025550123";
    private static final String INDIA = "+919876543210";
    private static final String CHINA = "+8613812345678";
    private static final Optional<String> UNSET = Optional.empty();

    @TempDir
    Path folder;

    private VerifyTestBench bench;

    @BeforeEach
    void open() {
        bench = new VerifyTestBench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private MessageText text(String number, Optional<String> template, String locale) {
        PhoneNumber valid = ((ParseResult.Valid) NumberingPlan.parse(number)).number();
        return MessageText.of(bench.view(), new Subject(valid, Signals.NONE, template, UNSET, UNSET, locale, UNSET));
    }

    private static AccountTemplate template(String id, String mark) {
        return new AccountTemplate(
                id,
                "en-US",
                new TemplateVariant(
                        new TreeMap<>(Map.of(
                                "en-US", TemplateText.of(mark + " {{brand}} {{code}}"),
                                "fr", TemplateText.of(mark + " fr {{code}}"))),
                        Map.of(TemplateIds.WHATSAPP, "login")),
                new TreeMap<>(Map.of(
                        "IN",
                        new TemplateVariant(
                                new TreeMap<>(Map.of("en", TemplateText.of(mark + " India {{code}}"))),
                                Map.of(TemplateIds.DLT_TEMPLATE, "1107")))));
    }

    @Test
    void withoutATemplateItSaysCarillonsText() {
        MessageText text = text(US, UNSET, "fr");
        assertThat(text.with(CODE)).isEqualTo("Votre code Acme est 123456.");
        assertThat(text.masked()).isEqualTo("Votre code Acme est ******.");
        assertThat(text.locale()).isEqualTo("fr");
        assertThat(text.region()).isEqualTo("US");
        assertThat(text.templateIds()).isEmpty();
    }

    @Test
    void theTemplateThatWasNamedIsSaid() {
        bench.templates.add(template("login", "A"));
        Optional<String> login = Optional.of("login");
        assertThat(text(US, login, "fr").with(CODE)).isEqualTo("A fr 123456");
        assertThat(text(US, login, "de").with(CODE)).isEqualTo("A Acme 123456");
        assertThat(text(US, login, "de").masked()).isEqualTo("A Acme ******");
        assertThat(text(US, login, "de").locale()).isEqualTo("en-US");
        assertThat(text(US, login, "de").templateIds()).isEqualTo(Map.of(TemplateIds.WHATSAPP, "login"));
        assertThat(text(INDIA, login, "en").with(CODE)).isEqualTo("A India 123456");
        assertThat(text(INDIA, login, "en").templateIds())
                .isEqualTo(Map.of(TemplateIds.WHATSAPP, "login", TemplateIds.DLT_TEMPLATE, "1107"));
        assertThat(text(US, UNSET, "en-US").with(CODE)).isEqualTo("Your Acme code is 123456");
    }

    @Test
    void theDefaultCanBeReplaced() {
        bench.templates.add(template("default", "D"));
        assertThat(text(US, UNSET, "en-US").with(CODE)).isEqualTo("D Acme 123456");
        assertThat(text(US, Optional.of("default"), "en-US").with(CODE)).isEqualTo("D Acme 123456");
    }

    @Test
    void aTemplateThatIsGoneMakesNoMessageFail() {
        // The locale may be one that only the template had.
        assertThat(text(US, Optional.of("gone"), "cy").with(CODE)).isEqualTo("Your Acme code is 123456");
        assertThat(text(US, Optional.of("gone"), "xx-YY").locale()).isEqualTo("en-US");
    }

    @Test
    void chinaWantsTheSignatureFirst() {
        assertThat(text(CHINA, UNSET, "zh-Hans").with(CODE))
                .startsWith("【Acme】")
                .contains("123456");
        assertThat(text(CHINA, UNSET, "zh-Hans").masked()).startsWith("【Acme】").contains("******");
    }

    @Test
    void aLocaleIsOneThatThereIsATextIn() {
        bench.templates.add(template("login", "A"));
        assertThat(MessageText.locale(bench.view(), UNSET, null, "FR")).isEqualTo("fr");
        assertThat(MessageText.locale(bench.view(), UNSET, "ja", "FR")).isEqualTo("ja");
        assertThat(MessageText.locale(bench.view(), Optional.of("login"), "ja", "FR"))
                .isEqualTo("en-US");
        assertThat(MessageText.locale(bench.view(), Optional.of("login"), null, "CA"))
                .isEqualTo("en-US");
    }
}
