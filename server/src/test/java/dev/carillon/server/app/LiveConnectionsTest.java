// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.message.Channel;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.cli.Connections;
import dev.carillon.server.cli.Connections.Sent;
import dev.carillon.server.cli.Connections.TestMessage;
import dev.carillon.server.config.ConfigException;
import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.TestKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConnectionsTest {
    private static final Duration NO_PATIENCE = Duration.ZERO;
    private static final String NUMBER = "+12025550123";

    @TempDir
    Path folder;

    private final TestKind kind = new TestKind("test", Set.of(Channel.SMS, Channel.WHATSAPP));

    private ServerConfig config(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("carillon.yaml"), yaml);
        return ConfigLoader.load(Map.of(), Optional.of(file), Map.of("SECRET", "hunter2"));
    }

    private Connections open(String yaml) throws IOException {
        return LiveConnections.open(config(yaml), List.of(kind));
    }

    private static TestMessage message(String connection) {
        return new TestMessage(connection, NUMBER, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }

    @Test
    void listsWhatThereIsWithoutSecrets() throws IOException {
        try (Connections connections = open("""
                connections:
                  two: {kind: test, channels: [sms], countries: [US], options: {answer: down, password_env: SECRET}}
                  one: {kind: test}
                """)) {
            List<Connections.ConnectionInfo> all = connections.list(NO_PATIENCE);
            assertThat(all).extracting(Connections.ConnectionInfo::name).containsExactly("one", "two");
            assertThat(all.getFirst().isUp()).isTrue();
            assertThat(all.getFirst().channels()).containsExactly("sms", "whatsapp");
            assertThat(all.getLast().isUp()).isFalse();
            assertThat(all.getLast().detail()).isEqualTo("0 of 1 binds");
            assertThat(all.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void sendsAMessageWithARandomCode() throws IOException {
        try (Connections connections = open("connections: {acme: {kind: test, senders: {US: 12025550100}}}")) {
            Sent sent = connections.send(message("acme"), NO_PATIENCE);
            assertThat(sent.result()).isEqualTo(Connections.ACCEPTED);
            assertThat(sent.providerId()).contains("p-1");
            assertThat(sent.code()).matches("[0-9]{6}");
            assertThat(sent.sender()).isEqualTo("12025550100");
            Message message = kind.sent().getFirst();
            assertThat(message.text()).isEqualTo("Your code is " + sent.code());
            assertThat(message.channel()).isEqualTo(Channel.SMS);
            assertThat(message.regionCode()).isEqualTo("US");
            assertThat(message.toString()).doesNotContain(sent.code());
        }
    }

    @Test
    void sendsWhatItIsTold() throws IOException {
        try (Connections connections = open("connections: {acme: {kind: test}}")) {
            Sent sent = connections.send(
                    new TestMessage(
                            "acme",
                            NUMBER,
                            Optional.of("whatsapp"),
                            Optional.of("Hello {{code}}!"),
                            Optional.of("Acme"),
                            Map.of(TemplateIds.WHATSAPP, "login")),
                    NO_PATIENCE);
            Message message = kind.sent().getFirst();
            assertThat(message.text()).isEqualTo("Hello " + sent.code() + "!");
            assertThat(message.channel()).isEqualTo(Channel.WHATSAPP);
            assertThat(message.senderId()).isEqualTo("Acme");
            assertThat(message.templateIds()).isEqualTo(Map.of(TemplateIds.WHATSAPP, "login"));
        }
    }

    @Test
    void tellsWhatTheProviderSaid() throws IOException {
        try (Connections connections = open("""
                connections:
                  rejected: {kind: test, options: {answer: rejected}}
                  fault: {kind: test, options: {answer: fault}}
                  down: {kind: test, options: {answer: down}}
                """)) {
            assertThat(connections.send(message("rejected"), NO_PATIENCE)).satisfies(sent -> {
                assertThat(sent.result()).isEqualTo("rejected");
                assertThat(sent.detail()).isEqualTo("number: 21211 no such number");
            });
            assertThat(connections.send(message("fault"), NO_PATIENCE).detail()).isEqualTo("20003 authenticate");
            int before = kind.sent().size();
            assertThat(connections.send(message("down"), NO_PATIENCE).detail())
                    .isEqualTo("the connection is down: 0 of 1 binds");
            assertThat(kind.sent()).hasSize(before);
        }
    }

    @Test
    void whatThereIsNotIsSaid() throws IOException {
        try (Connections connections = open("connections: {acme: {kind: test, channels: [sms]}}")) {
            assertThatThrownBy(() -> connections.send(message("other"), NO_PATIENCE))
                    .isInstanceOf(AdministrationException.class)
                    .hasMessage("there is no connection other");
            assertThatThrownBy(() -> connections.send(
                            new TestMessage(
                                    "acme", NUMBER, Optional.of("rcs"), Optional.empty(), Optional.empty(), Map.of()),
                            NO_PATIENCE))
                    .hasMessage("the connection acme has no channel rcs; it has sms");
        }
    }

    @Test
    void badSettingsAreRefusedByNameAndFile() {
        assertThatThrownBy(() -> open("connections: {acme: {kind: test, options: {answr: down}}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "connections.acme.options.answr is not known (from " + folder.resolve("carillon.yaml") + ")");
        assertThatThrownBy(() -> open("connections: {acme: {kind: test, options: {password_env: MISSING}}}"))
                .hasMessageContaining("connections.acme.options.password_env names the environment variable MISSING");
        assertThatThrownBy(() -> open("connections: {acme: {kind: nothing}}"))
                .hasMessageContaining("connections.acme.kind 'nothing' is not known; must be one of test");
    }

    /** Before the store is opened: there is none in this folder. */
    @Test
    void theServerRefusesBadSettingsAtItsStart() throws IOException {
        ServerConfig config = config("connections: {acme: {kind: nothing}}\ndata: /nowhere/at/all\n");
        assertThatThrownBy(() -> CarillonServer.start(config))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("connections.acme.kind");
    }
}
