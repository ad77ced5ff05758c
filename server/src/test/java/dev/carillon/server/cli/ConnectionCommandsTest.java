// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.server.cli.Connections.ConnectionInfo;
import dev.carillon.server.cli.Connections.Sent;
import dev.carillon.server.cli.Connections.TestMessage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionCommandsTest extends CommandFixture {
    private static final String NUMBER = "+33612345678";

    @Test
    void connectionsAreListed() throws IOException {
        assertThat(run("connection", "list").out()).contains("messages go to the simulator");
        connections.infos.add(
                new ConnectionInfo("acme", "smpp", Set.of("sms"), Countries.parse("DE,FR"), true, "2 of 2 binds"));
        connections.infos.add(new ConnectionInfo("meta", "whatsapp", Set.of("whatsapp"), Countries.ALL, false, ""));

        assertThat(run("connection", "list").out()).isEqualTo("""
                        acme              smpp          up    sms                   DE,FR  2 of 2 binds
                        meta              whatsapp      down  whatsapp              all
                        """);
        assertThat(run("connection", "list", "--json").json()).isEqualTo(new ObjectMapper().readTree("""
                        [{"name": "acme", "kind": "smpp", "channels": ["sms"], "countries": ["DE", "FR"], "state": "up",
                          "detail": "2 of 2 binds"},
                         {"name": "meta", "kind": "whatsapp", "channels": ["whatsapp"], "countries": "all", "state": "down",
                          "detail": ""}]
                        """));
        assertThat(store.opened).isZero();
    }

    @Test
    void aMessageThatWasTakenIsSuccess() throws IOException {
        connections.sent = new Sent(
                Connections.ACCEPTED,
                Optional.of("SM1"),
                Optional.of(new Money(7_500, "EUR")),
                "",
                "Acme",
                "sms",
                "123456");

        Result text = run("connection", "test", "acme", "--to", NUMBER);
        assertThat(text.code()).isZero();
        assertThat(text.out()).isEqualTo("""
                        accepted
                          provider id  SM1
                          price        0.0075 EUR
                          channel      sms
                          sender       Acme
                          code         123456
                        """);
        assertThat(connections.asked)
                .containsExactly(new TestMessage(
                        "acme", NUMBER, Optional.empty(), Optional.empty(), Optional.empty(), Map.of()));
        assertThat(run("connection", "test", "acme", "--to", NUMBER, "--json").json())
                .isEqualTo(new ObjectMapper().readTree("""
                        {"result": "accepted", "provider_id": "SM1", "price": "0.0075 EUR", "detail": "", "channel": "sms",
                         "sender_id": "Acme", "code": "123456"}
                        """));
    }

    @Test
    void anythingElseIsFailure() {
        connections.sent =
                new Sent("fault", Optional.empty(), Optional.empty(), "20003 authenticate", "Acme", "sms", "123456");
        Result result = run("connection", "test", "acme", "--to", NUMBER);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).startsWith("fault\n  detail       20003 authenticate\n");
    }

    @Test
    void optionsAreHandedOver() {
        Result result = run(
                "connection",
                "test",
                "acme",
                "--to",
                NUMBER,
                "--channel",
                "whatsapp",
                "--text",
                "Hi {{code}}",
                "--sender",
                "Acme",
                "--id",
                "whatsapp_template=login",
                "--id",
                "zalo_template_id=1");
        assertThat(result.code()).isZero();
        assertThat(connections.asked)
                .containsExactly(new TestMessage(
                        "acme",
                        NUMBER,
                        Optional.of("whatsapp"),
                        Optional.of("Hi {{code}}"),
                        Optional.of("Acme"),
                        Map.of("whatsapp_template", "login", "zalo_template_id", "1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection test acme | Missing required option: '--to=+E164'",
                "connection test --to +33612345678 | Missing required parameter: 'NAME'",
                "connection test acme --to 0612345678 | --to: '0612345678' is not a number in E.164 form, such as +33612345678",
                "connection test acme --to +33612345678 --id x | --id: 'x' is not NAME=VALUE",
                "connection test acme --to +33612345678 --id a=1 --id a=2 | --id: a is there twice",
                "connection | Usage: carillon connection",
            })
    void whatIsNotUnderstoodIsSaid(String line, String message) {
        Result result = run(line.split(" ", -1));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message);
        assertThat(connections.asked).isEmpty();
    }
}
