// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.message.AccountTemplate;
import dev.carillon.server.cli.Administration.TemplateMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateCommandsTest extends CommandFixture {
    private static final String YAML = """
            templates:
              login:
                fallback: "en-US"
                texts:
                  en-US: "Your {{brand}} code is {{code}}"
                  fr: "Votre code {{brand}} : {{code}}"
                ids:
                  whatsapp_template: login
                countries:
                  IN:
                    texts:
                      en:
                        text: "{{code}} is your code.\\nDo not share it: NO"
                        registered: "{#var#} is your code.\\nDo not share it: NO"
                        ids:
                          dlt_template_id: "1107161234567890123"
                    ids:
                      dlt_entity_id: "0101"
              "123":
                fallback: "de"
                texts:
                  de: "{{code}} ist dein Code"
            """;

    @TempDir
    Path folder;

    private String account = "";

    @BeforeEach
    void create() {
        account = account().id().toString();
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("templates.yaml"), yaml);
    }

    @Test
    void templatesAreAddedUpdatedShownListedAndRemoved() {
        store.warnings = List.of("login: texts.fr has a link");
        Result added = run(
                "template",
                "add",
                account,
                "login",
                "--text",
                "en-US=Your code is {{code}}",
                "--text",
                "fr=Votre code = {{code}}",
                "--id",
                "whatsapp_template=login");
        assertThat(added.code()).isZero();
        assertThat(added.out()).isEqualTo("login             en-US,fr\n");
        assertThat(added.err()).isEqualTo("carillon: warning: login: texts.fr has a link\n");
        assertThat(run("template", "show", account, "login").out()).isEqualTo("""
                fallback: "en-US"
                texts:
                  en-US: "Your code is {{code}}"
                  fr: "Votre code = {{code}}"
                ids:
                  whatsapp_template: "login"
                """);
        run("template", "update", account, "login", "--text", "de={{code}} ist dein Code");
        assertThat(run("template", "list", account).out()).isEqualTo("login             de\n");
        assertThat(run("template", "list", account, "--json").out())
                .isEqualTo("[{\"id\":\"login\",\"fallback\":\"de\",\"texts\":{\"de\":\"{{code}} ist dein Code\"}}]\n");
        assertThat(store.modes).containsExactly(TemplateMode.ADD, TemplateMode.UPDATE);
        assertThat(run("template", "remove", account, "login").code()).isZero();
        assertThat(run("template", "remove", account, "login").err())
                .isEqualTo("carillon: the account " + account + " has no template login\n");
        assertThat(run("template", "show", account, "login").code()).isEqualTo(1);
        assertThat(run("template", "list", account).out()).startsWith("No templates");
    }

    @Test
    void whatIsExportedIsImported() throws IOException {
        Path first = file(YAML);
        assertThat(run("template", "import", account, first.toString()).out()).isEqualTo("2 templates are saved.\n");
        List<AccountTemplate> before = List.copyOf(store.templates.values());
        assertThat(before).extracting(AccountTemplate::id).containsExactlyInAnyOrder("login", "123");
        Path second = folder.resolve("second.yaml");
        assertThat(run("template", "export", account, second.toString()).code()).isZero();

        store.templates.clear();
        assertThat(run("template", "import", account, second.toString()).code()).isZero();
        assertThat(store.templates.values()).containsExactlyElementsOf(before);
        assertThat(run("template", "export", account, "-").out()).isEqualTo(Files.readString(second));
    }

    @Test
    void oneTemplateMayComeFromAFile() throws IOException {
        Path file = file("texts: {de: x}");
        assertThat(run("template", "add", account, "a", "--file", file.toString())
                        .err())
                .contains("--file: texts.de: a template has {{code}} exactly once");
        file("texts: {de: \"{{code}}\"}\ncountries: {CH: {texts: {de: \"{{code}} CH\"}}}");
        assertThat(run("template", "add", account, "a", "--file", file.toString())
                        .out())
                .isEqualTo("a                 de  (CH)\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'templates: {a: {texts: {de: x}}}' | templates.a: texts.de: a template has {{code}} exactly once",
                "'templates: {a b: {texts: {de: \"{{code}}\"}}}' | templates.a b: a template's id must be 1 to 64",
                "'templates: {a: {text: {de: x}}}' | templates.a: text is not known here; there are fallback, texts, ids, countries",
                "'templates: {a: {texts: {de: x, de: y}}}' | templates.a.texts.de is set twice",
                "'template: {}' | template is not known here; there is templates",
            })
    void aBadFileIsExplained(String yaml, String message) throws IOException {
        Result result = run("template", "import", account, file(yaml).toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains(message);
        assertThat(store.templates).isEmpty();
    }

    @Test
    void badArgumentsAreExplained() {
        assertThat(run("template", "add", account, "a").err()).contains("--text LOCALE=TEXT or by --file FILE");
        assertThat(run("template", "add", account, "a", "--text", "x").err()).contains("--text: 'x' is not NAME=VALUE");
        assertThat(run("template", "add", account, "a", "--text", "de={{code}}", "--file", "-")
                        .code())
                .isEqualTo(2);
        assertThat(run("template", "add", account, "a", "--text", "de={{code}}", "--id", "dlt=1")
                        .err())
                .contains("template: ids.dlt is not one of dlt_entity_id");
        assertThat(store.opened).isZero();
    }
}
