// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.core.account.Account;
import dev.carillon.server.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest extends CommandFixture {
    @Test
    void accountCreateShowsTheKeyOnce() throws IOException {
        Result json = run("account", "create", "--name", "Café", "--json");
        assertThat(json.code()).isZero();
        assertThat(json.err()).isEmpty();
        assertThat(json.json().properties()).extracting(Map.Entry::getKey).containsExactly("customer_uuid", "api_key");
        assertThat(json.json().get("customer_uuid").asText())
                .isEqualTo(store.accounts().getFirst().id().toString());
        assertThat(json.json().get("api_key").asText()).startsWith("key-");

        Result text = run("account", "create", "--name=Café");
        assertThat(text.out()).contains("Café").contains("api_key        key-4").contains("shown this once");
    }

    @Test
    void accountsAreListedAndShown() throws IOException {
        assertThat(run("account", "list").out()).contains("No accounts yet");
        assertThat(run("account", "list", "--json").out()).isEqualTo("[]\n");
        Account account = account();

        assertThat(run("account", "list").out()).contains(account.id() + "  active     Shop");
        JsonNode listed = run("account", "list", "--json").json().get(0);
        JsonNode shown =
                run("account", "show", account.id().toString(), "--json").json();
        assertThat(listed).isEqualTo(shown);
        assertThat(shown).isEqualTo(new ObjectMapper().readTree("""
                                        {"customer_uuid": "%s", "name": "Shop", "status": "active",
                                         "created_at": "2026-01-02T03:04:05Z",
                                         "policy": {"window": "10m", "code_length": 6, "max_checks": 5,
                                           "retry_after": ["30s", "1m", "2m"], "accept_codes": "any", "auto_retry": true,
                                           "show_codes": false, "brand": null, "default_locale": null, "countries": "all",
                                           "senders": [], "origin_domain": null, "channels": ["sms"], "fallback": true,
                                           "lines": ["mobile", "voip"], "temporary_numbers": true, "cnam": false,
                                           "limits": {"number-cooldown": "1/30s", "number-hour": "3/1h", "number-day": "5/1d",
                                             "ip": "50/1m", "ip-hour": "500/1h", "subnet": "150/1m", "device": "10/1h",
                                             "account": "1000/1m", "block": "16/10m",
                                             "feedback-block": "5/1d", "feedback-ip": "10/1d", "feedback-country": "off"},
                                           "spending": {"prepaid": false, "floor": "0", "daily_cap": null,
                                             "country_caps": {}, "refund_undelivered": false}}}
                                        """.formatted(account.id())));
        assertThat(run("account", "show", account.id().toString()).out())
                .contains("limit number-cooldown  1/30s (default)\n")
                .contains("retry-after            30s,1m,2m\n");
    }

    @Test
    void accountsAreSuspendedAndResumed() {
        Account account = account();
        assertThat(run("account", "suspend", account.id().toString()).out()).contains("suspended");
        assertThat(store.account(account.id()).suspended()).isTrue();
        assertThat(run("account", "resume", account.id().toString()).out()).contains("active");
        assertThat(store.account(account.id()).suspended()).isFalse();
    }

    @Test
    void keysAreMadeListedAndRevoked() throws IOException {
        String account = account().id().toString();
        JsonNode made = run("key", "create", account, "--json").json();
        assertThat(made.properties()).extracting(Map.Entry::getKey).containsExactly("key_id", "api_key");
        assertThat(run("key", "list", account, "--json").json().findValuesAsText("key_id"))
                .hasSize(2)
                .contains(made.get("key_id").asText());

        String key = made.get("key_id").asText();
        assertThat(run("key", "revoke", account, key).code()).isZero();
        Result again = run("key", "revoke", account, key);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("carillon: the account " + account + " has no key " + key + "\n");
    }

    @Test
    void testNumbersAreAddedListedAndRemoved() throws IOException {
        String account = account().id().toString();
        run("test-number", "add", account, "+33612345678", "123456");
        run("test-number", "add", account, "+33612345679", "0000", "--outcome", "rate_limited");
        assertThat(run("test-number", "list", account, "--json").out())
                .isEqualTo("[{\"phone_number\":\"+33612345678\",\"code\":\"123456\",\"outcome\":\"valid\"},"
                        + "{\"phone_number\":\"+33612345679\",\"code\":\"0000\",\"outcome\":\"rate_limited\"}]\n");
        assertThat(run("test-number", "remove", account, "+33612345678").code()).isZero();
        assertThat(run("test-number", "remove", account, "+33612345678").code()).isEqualTo(1);

        assertThat(run("test-number", "add", account, "0612345678", "123456").err())
                .contains("E.164");
        assertThat(run("test-number", "add", account, "+33612345678", "12").err())
                .contains("4 to 8 digits");
        assertThat(run("test-number", "add", account, "+33612345678", "1234", "--outcome", "maybe")
                        .err())
                .contains("valid, rate_limited, spam, expired, invalid");
    }

    @Test
    void blocksAreAddedListedAndRemoved() throws IOException {
        String account = account().id().toString();
        assertThat(run("block", "add", account, "+33612345678").code()).isZero();
        assertThat(run("block", "add", account, "+3361*").code()).isZero();
        assertThat(run("block", "list", account, "--json").out()).isEqualTo("[\"+33612345678\",\"+3361*\"]\n");
        assertThat(run("block", "remove", account, "+3361*").code()).isZero();
        assertThat(run("block", "remove", account, "+3361*").code()).isEqualTo(1);
        assertThat(run("block", "add", account, "*").code()).isEqualTo(2);
    }

    @Test
    void erasePrintsWhatWasRemoved() {
        assertThat(run("erase", "--phone", "+33612345678").out())
                .isEqualTo("       2  verifications removed\n       3  messages removed\n");
        assertThat(run("erase", "--phone", "+33612345678", "--json").out())
                .isEqualTo("{\"removed\":{\"verifications\":2,\"messages\":3}}\n");
    }

    @Test
    void secretsAreRotatedAndRewrapped(@TempDir Path folder) throws IOException {
        assertThat(run("secret", "rotate", "--json").out()).isEqualTo("{\"generation\":\"g2\"}\n");

        Path file = Files.writeString(folder.resolve("secret"), "from the file\n");
        assertThat(run("secret", "rewrap", "--new-secret-file", file.toString()).code())
                .isZero();
        assertThat(run(Map.of("CARILLON_NEW_MASTER_SECRET", "from the variable"), "secret", "rewrap")
                        .code())
                .isZero();
        assertThat(store.masterSecrets).containsExactly(new Secret("from the file"), new Secret("from the variable"));
        assertThat(run("secret", "rewrap").code()).isEqualTo(2);
    }

    @Test
    void unknownAccountsFailWithoutAStackTrace() {
        UUID unknown = UUID.randomUUID();
        Result result = run("account", "show", unknown.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("carillon: there is no account " + unknown + "\n");
        assertThat(run("account", "show", "1-1-1-1-1").err()).contains("UUID: '1-1-1-1-1' is not a UUID");
    }

    @Test
    void everyStoreCommandTakesTheStoreSettings() {
        run(Map.of("CARILLON_DATABASE_URL", "postgresql://h/a"), "account", "list", "--data", "/d");
        run("key", "list", account().id().toString(), "--database-url", "postgresql://h/b");
        assertThat(configs.get(0).dataDir()).isEqualTo(Path.of("/d"));
        assertThat(configs.get(0).databaseUrl().orElseThrow().address()).isEqualTo("h/a");
        assertThat(configs.get(1).databaseUrl().orElseThrow().address()).isEqualTo("h/b");
    }

    @Test
    void badSettingsAreRefusedByName() {
        Result result = run(Map.of("CARILLON_PORT", "70000"), "serve");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("carillon: port: 70000 is not 0 to 65535 (from CARILLON_PORT)\n");
        assertThat(run(Map.of("CARILLON_NONE", "1"), "account", "list").code()).isEqualTo(2);
    }

    @Test
    void aServerThatCannotStartFails() {
        Result result = run("serve", "--port", "0", "--admin-port", "0");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("carillon: port 0 is taken\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "account",
                "account nonsense",
                "account create",
                "account list --nonsense",
                "serve --port"
            })
    void whatIsNotUnderstoodIsExplainedOnStderr(String line) {
        Result result = run(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("carillon: ").containsAnyOf("Usage: carillon", "--help");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "serve --help",
                "account --help",
                "account set -h",
                "secret rewrap --help",
                "demo --help"
            })
    void helpIsOnStdout(String line) {
        Result result = run(line.split(" ", -1));
        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("Usage: carillon").doesNotContain("warm-up");
    }

    @Test
    void theHelpOfServeNamesEverySetting() {
        assertThat(run("serve", "--help").out())
                .contains("--host", "--port", "--admin-host", "--admin-port", "--data", "--database-url", "--config")
                .contains("Default: 8080.");
    }

    @Test
    void versionIsPrinted() {
        assertThat(run("version").out()).startsWith("carillon ").contains("Java 2");
        assertThat(run("--version").out()).isEqualTo(run("version").out());
    }
}
