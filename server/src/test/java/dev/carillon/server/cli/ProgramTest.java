// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Policy;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.server.config.Secret;
import dev.carillon.server.config.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
    private record Result(int code, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private final MemoryAdministration store = new MemoryAdministration();
    private final List<ServerConfig> configs = new ArrayList<>();

    private Result run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Wiring wiring = new Wiring() {
            @Override
            public Administration administration(ServerConfig config) {
                store.opened++;
                configs.add(config);
                return store;
            }

            @Override
            public Service service(ServerConfig config) {
                throw new AdministrationException("port " + config.port() + " is taken");
            }
        };
        int code = Program.run(
                List.of(arguments),
                wiring,
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(store.closed).isEqualTo(store.opened);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private Account account() {
        return store.createAccount("Shop").account();
    }

    private Policy set(String... options) {
        UUID id = account().id();
        List<String> arguments = new ArrayList<>(List.of("account", "set", id.toString()));
        arguments.addAll(List.of(options));
        Result result = run(arguments.toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        return store.account(id).policy();
    }

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
                                           "senders": [], "origin_domain": null,
                                           "limits": {"number-cooldown": "1/30s", "number-hour": "3/1h", "number-day": "5/1d",
                                             "ip": "50/1m", "ip-hour": "500/1h", "subnet": "150/1m", "device": "10/1h",
                                             "account": "1000/1m", "block": "16/10m"}}}
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
    void accountSetTakesEveryPart() {
        Policy policy = set(
                "--window",
                "5m",
                "--code-length",
                "8",
                "--max-checks",
                "3",
                "--retry-after",
                "10s,20s",
                "--accept-codes",
                "same",
                "--auto-retry",
                "false",
                "--show-codes",
                "true",
                "--brand",
                "Acme",
                "--default-locale",
                "pt-br",
                "--countries",
                "us,FR",
                "--senders",
                "A, B",
                "--origin-domain",
                "www.Example.com",
                "--limit",
                "number-hour=9/2h",
                "--limit",
                "ip=off");

        assertThat(policy.window()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.codeLength()).isEqualTo(8);
        assertThat(policy.maxChecks()).isEqualTo(3);
        assertThat(policy.retryAfter()).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(20));
        assertThat(policy.acceptCodes()).isEqualTo(AcceptCodes.SAME);
        assertThat(policy.autoRetry()).isFalse();
        assertThat(policy.showCodes()).isTrue();
        assertThat(policy.brand()).contains("Acme");
        assertThat(policy.defaultLocale()).contains("pt-BR");
        assertThat(policy.countries()).isEqualTo(Countries.parse("FR,US"));
        assertThat(policy.senders()).containsExactlyInAnyOrder("A", "B");
        assertThat(policy.originDomain()).contains("www.example.com");
        assertThat(policy.limits().get(LimitName.NUMBER_HOUR)).contains(Limit.parse("9/2h"));
        assertThat(policy.limits().get(LimitName.IP)).isEmpty();
    }

    @Test
    void accountSetClearsAndLeavesTheRest() {
        Account account = account();
        String id = account.id().toString();
        run("account", "set", id, "--brand", "Acme", "--limit", "ip=off", "--senders", "A", "--origin-domain", "a.b");
        run("account", "set", id, "--name", "New", "--countries", "FR");
        assertThat(store.account(account.id()).name()).isEqualTo("New");
        assertThat(store.account(account.id()).policy().brand()).contains("Acme");

        Result result = run(
                "account",
                "set",
                id,
                "--brand",
                "",
                "--default-locale=",
                "--senders",
                "",
                "--origin-domain",
                "",
                "--countries",
                "all",
                "--limit",
                "ip=default",
                "--retry-after",
                "none");
        assertThat(result.err()).isEmpty();
        Policy policy = store.account(account.id()).policy();
        assertThat(policy.retryAfter()).isEmpty();
        assertThat(policy.limits()).isEqualTo(Policy.STANDARD.limits());
        assertThat(policy)
                .isEqualTo(new Policy(
                        Policy.STANDARD.window(),
                        6,
                        5,
                        List.of(),
                        AcceptCodes.ANY,
                        true,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Countries.ALL,
                        java.util.Set.of(),
                        Optional.empty(),
                        Policy.STANDARD.limits()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --window 10          | --window: '10' is not a duration, such as 30s, 10m, 1h or 1d
                    --window 2h          | --window must be 1s to 60m
                    --code-length 3      | --code-length must be 4 to 8
                    --code-length six    | --code-length: 'six' is not a whole number
                    --max-checks 11      | --max-checks must be 1 to 10
                    --retry-after 2h     | --retry-after
                    --accept-codes all   | --accept-codes: 'all' is not any, latest or same
                    --auto-retry yes     | --auto-retry: 'yes' is not true or false
                    --brand abcdefghijklmnopqrstuvwxyz | --brand must be 1 to 20 characters
                    --default-locale x_y | --default-locale: 'x_y' is not a BCP 47 language tag, such as pt-BR
                    --countries US,ZZ    | --countries: 'ZZ' is not an ISO 3166-1 alpha-2 country code
                    --senders A,,B       | --senders: 'A,,B' holds an empty sender id
                    --origin-domain a/b  | --origin-domain: 'a/b' is not a domain, such as www.example.com
                    --limit ip           | --limit: 'ip' is not NAME=COUNT/DURATION, such as number-hour=3/1h
                    --limit foo=1/1h     | --limit: 'foo' is not one of number-cooldown, number-hour
                    --limit ip=many      | --limit: 'many' is not COUNT/DURATION, such as 5/1h
                    """)
    void badPolicyIsAUsageErrorThatNamesTheOption(String option, String message) {
        String id = account().id().toString();
        String[] words = option.split(" ", 2);
        Result result = run("account", "set", id, words[0], words[1]);

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .satisfiesAnyOf(err -> assertThat(err).startsWith("carillon: " + message), err -> assertThat(err)
                        .startsWith("carillon: --each retry-after"));
        // Nothing was opened for it.
        assertThat(store.opened).isZero();
    }

    @Test
    void accountSetWithNothingToSetIsAUsageError() {
        Result result = run("account", "set", account().id().toString());
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("nothing to change").contains("carillon account set --help");
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
        assertThat(configs.get(0).databaseUrl().orElseThrow().jdbcUrl()).isEqualTo("jdbc:postgresql://h/a");
        assertThat(configs.get(1).databaseUrl().orElseThrow().jdbcUrl()).isEqualTo("jdbc:postgresql://h/b");
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
