// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.cli.Administration.ToldEvent;
import dev.carillon.server.webhook.Letter;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookCommandsTest extends CommandFixture {
    private static final UUID ONE = new UUID(0x4000, 1);
    private static final UUID TWO = new UUID(0x4000, 2);
    private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");

    private String account = "";

    @BeforeEach
    void create() {
        account = account().id().toString();
    }

    @Test
    void theCallbackIsSetAndCleared() throws IOException {
        assertThat(run("webhook", "set", account, "https://example.com/hook").out())
                .isEqualTo("Events go to https://example.com/hook\n");
        assertThat(store.callbackUrl).contains("https://example.com/hook");
        assertThat(run("webhook", "set", account, "https://example.com/other", "--json")
                        .json()
                        .path("callback_url")
                        .asText())
                .isEqualTo("https://example.com/other");
        assertThat(run("webhook", "set", account, "").out()).isEqualTo("Events go nowhere by default.\n");
        assertThat(store.callbackUrl).isEmpty();
    }

    @Test
    void endpointsAreAddedChangedListedAndRemoved() throws IOException {
        Result added = run("webhook", "endpoint", "put", account, "https://a.example/");
        String id = store.endpoints.keySet().iterator().next().toString();
        assertThat(added.out()).isEqualTo(id + "  https://a.example/\n");
        run("webhook", "endpoint", "put", account, "https://b.example/", "--id", id);
        JsonNode listed = run("webhook", "endpoint", "list", account, "--json").json();
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("url").asText()).isEqualTo("https://b.example/");
        assertThat(run("webhook", "endpoint", "remove", account, id).code()).isZero();
        assertThat(run("webhook", "endpoint", "remove", account, id).err())
                .isEqualTo("carillon: the account " + account + " has no endpoint " + id + "\n");
        assertThat(run("webhook", "endpoint", "list", account).out()).isEqualTo("No endpoints.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set | ftp://example.com/ | must be an https or http URL",
                "set | https://user@example.com/ | must not have a user or a password",
                "endpoint put | https://example.com:22/ | must have the port 443",
                "endpoint put | https://127.1/ | must have a host"
            })
    void aBadUrlIsExplained(String command, String url, String reason) {
        String[] words = ("webhook " + command + " " + account + " " + url).split(" ");
        Result result = run(words);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(reason);
        assertThat(store.callbackUrl).isEmpty();
        assertThat(store.endpoints).isEmpty();
    }

    @Test
    void whatIsNotToldIsListed() throws IOException {
        assertThat(run("webhook", "list", account).out()).isEqualTo("Everything is told.\n");
        UUID owner = UUID.fromString(account);
        store.letters.add(new Letter(
                ONE, 0, owner, owner, 1, 3, Optional.of(SINCE.plusSeconds(60)), SINCE, 1, Optional.of("answered 500")));
        store.letters.add(
                new Letter(TWO, 1, owner, owner, 0, 1, Optional.empty(), SINCE, 38, Optional.of("answered 404")));
        assertThat(run("webhook", "list", account).out())
                .isEqualTo(ONE
                        + "  2 waiting since 2026-01-02T03:04:05Z, due 2026-01-02T03:05:05Z  answered 500\n"
                        + TWO
                        + "  1 waiting since 2026-01-02T03:04:05Z, given up  answered 404\n");
        assertThat(run("webhook", "list", account, "--dead").out())
                .startsWith(TWO + "  1 waiting")
                .hasLineCount(1);
        JsonNode first = run("webhook", "list", account, "--json").json().path(0);
        assertThat(first.toString())
                .isEqualTo("{\"authentication_uuid\":\"" + ONE
                        + "\",\"audience\":0,\"waiting\":2,\"since\":\"2026-01-02T03:04:05Z\","
                        + "\"tries\":1,\"due_at\":\"2026-01-02T03:05:05Z\",\"error\":\"answered 500\"}");
    }

    @Test
    void eventsAreShownAsTheyAreTold() throws IOException {
        assertThat(run("webhook", "show", ONE.toString()).out()).isEqualTo("There is nothing to tell of it.\n");
        store.events.add(new ToldEvent("callback", true, "{\"type\":\"authentication\"}"));
        store.events.add(new ToldEvent("callback", false, "{\"type\":\"attempt\"}"));
        assertThat(run("webhook", "show", ONE.toString()).out()).isEqualTo("""
                        told     callback  {"type":"authentication"}
                        waiting  callback  {"type":"attempt"}
                        """);
        JsonNode second =
                run("webhook", "show", ONE.toString(), "--json").json().path(1);
        assertThat(second.path("told").asBoolean(true)).isFalse();
        assertThat(second.path("to").asText()).isEqualTo("callback");
    }

    @Test
    void deadLettersOrOneVerificationAreReplayed() {
        assertThat(run("webhook", "replay", account).out()).isEqualTo("There is nothing to tell again.\n");
        assertThat(run("webhook", "replay", account, "--verification", ONE.toString())
                        .out())
                .isEqualTo("To be told again: 1\n");
        assertThat(store.replayed).containsExactly(Optional.empty(), Optional.of(ONE));
    }

    @Test
    void secretsAreShownAndRotated() {
        assertThat(run("webhook", "secret", "show", account).out()).isEqualTo("whsec_1\n");
        assertThat(run("webhook", "secret", "rotate", account).out()).isEqualTo("whsec_2\nwhsec_1\n");
        assertThat(run("webhook", "secret", "rotate", account, "--json").out())
                .isEqualTo("{\"secrets\":[\"whsec_3\",\"whsec_2\"]}\n");
    }
}
