// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentCommandsTest extends CommandFixture {
    private Environment kept(UUID id) {
        return Objects.requireNonNull(store.environments.get(id));
    }

    @Test
    void environmentsAreMadeListedAndChanged() {
        String account = account().id().toString();
        assertThat(run("environment", "list", account).out()).isEqualTo("No environments.\n");
        var made = run(
                "environment",
                "create",
                account,
                "--name",
                "app",
                "--origins",
                "https://a.example,https://b.example:8443",
                "--captcha",
                "altcha",
                "--sandbox",
                "123456",
                "--json");
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out())
                .contains("\"origins\":[\"https://a.example\",\"https://b.example:8443\"]")
                .contains(
                        "\"captcha\":\"altcha\"",
                        "\"sandbox\":\"123456\"",
                        "\"token_lifetime\":\"2h\"",
                        "\"enabled\":true");
        var id = store.environments.keySet().iterator().next();
        String secret = kept(id).captcha().orElseThrow().secret();
        assertThat(secret).hasSize(64);
        assertThat(made.out()).doesNotContain(secret);

        var set = run(
                "environment",
                "set",
                id.toString(),
                "--sandbox",
                "off",
                "--token-lifetime",
                "30m",
                "--enabled",
                "false");
        assertThat(set.code()).as(set.err()).isZero();
        var after = kept(id);
        assertThat(after.sandboxCode()).isEmpty();
        assertThat(after.enabled()).isFalse();
        assertThat(after.tokenLifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(after.captcha().orElseThrow().secret()).isEqualTo(secret);
        assertThat(run("environment", "list", account).out()).contains(id.toString(), "https://b.example:8443");

        assertThat(run("environment", "set", id.toString(), "--token-algorithm", "RS256")
                        .code())
                .isZero();
        assertThat(kept(id).keys()).hasSize(1);
        assertThat(run("environment", "rotate-key", id.toString()).code()).isZero();
        assertThat(kept(id).keys()).hasSize(2);
        assertThat(run("environment", "rotate-key", id.toString(), "--now").code())
                .isZero();
        assertThat(kept(id).keys()).hasSize(1);

        var changed = run("environment", "set", id.toString(), "--token-algorithm", "EdDSA", "--json");
        assertThat(changed.out()).contains("\"token_algorithm\":\"EdDSA\"");
        assertThat(kept(id).keys())
                .extracting(SigningKey::algorithm)
                .containsExactly(TokenAlgorithm.RS256, TokenAlgorithm.EDDSA);
    }

    @Test
    void anActionIsForProvidersThatTellIt() {
        var made = run(
                "environment", "create", account().id().toString(), "--captcha", "altcha", "--captcha-action", "login");
        assertThat(made.code()).isEqualTo(Program.FAILED);
        assertThat(made.err()).isEqualTo("carillon: altcha does not tell what an answer was made for\n");
    }

    @Test
    void anEnvironmentMayBeginWithEdDsa() {
        String account = account().id().toString();
        var made = run("environment", "create", account, "--token-algorithm", "EdDSA");
        assertThat(made.out()).contains("token_algorithm   EdDSA");
    }

    @ParameterizedTest
    @CsvSource({
        "--origins, https://a.example/path",
        "--origins, a.example",
        "--origins, https://A.example",
        "--origins, https://a.example:443",
        "--captcha, friendly",
        "--captcha, hcaptcha",
        "--captcha-site-key, x",
        "--token-algorithm, HS256",
        "--sandbox, 12345",
        "--token-lifetime, 31d",
        "--token-lifetime, soon",
        "--enabled, maybe",
    })
    void whatMakesNoSenseIsSaid(String option, String value) {
        var made = run("environment", "create", account().id().toString(), option, value);
        assertThat(made.code()).isEqualTo(Program.FAILED);
        assertThat(made.err()).startsWith("carillon: ").hasLineCount(1);
        assertThat(store.environments).isEmpty();
    }
}
