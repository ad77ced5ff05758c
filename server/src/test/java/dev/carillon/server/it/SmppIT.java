// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.server.delivery.smpp.NpmSmsc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One SMPP connection to an SMSC that was not written here, as an operator sets it up: from the create to the accepted code. */
@Timeout(120)
class SmppIT {
    private static final String PASSWORD = "s3cret-7";
    private static final Map<String, String> ENVIRONMENT = Map.of("ACME_PASSWORD", PASSWORD);
    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    @TempDir
    Path folder;

    private NpmSmsc smsc;
    private Path settings;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        smsc = NpmSmsc.start();
        settings = Files.writeString(folder.resolve("carillon.yaml"), """
                connections:
                  acme:
                    kind: smpp
                    sender: Acme
                    options:
                      host: 127.0.0.1
                      port: %d
                      system_id: carillon
                      password_env: ACME_PASSWORD
                      reconnect_after: 100ms
                """.formatted(smsc.port()));
    }

    @AfterEach
    void stop() throws IOException {
        smsc.close();
    }

    @ParameterizedTest
    @EnumSource
    void aNumberIsVerified(Engine engine) throws Exception {
        Installation installation = Installation.fresh(engine, folder);
        Customer customer = installation.customer();
        try (CarillonProcess server = installation.serve(settings, ENVIRONMENT);
                Ding ding = new Ding(server, customer)) {
            bound(server);
            String reported = create(ding, "+33612345001");
            JsonNode submit = smsc.awaitPdus("submit_sm", 1).getLast();
            assertThat(submit.path("destination_addr").asText()).isEqualTo("33612345001");
            assertThat(submit.path("source_addr").asText()).isEqualTo("Acme");
            assertThat(submit.path("registered_delivery").asInt()).isEqualTo(1);
            awaitStory(ding, reported, "attempt pending", "delivery_status submitted");
            receipt(1, "DELIVRD");
            awaitStory(ding, reported, "attempt delivered", "delivery_status submitted", "delivery_status delivered");
            Status told = Status.of(ding.status(reported));
            assertThat(told.attempts().getFirst().path("sender_id").asText()).isEqualTo("Acme");
            assertThat(told.json().findValue("attempt_id"))
                    .isEqualTo(told.attempts().getFirst().path("id"));
            assertThat(ding.check(reported, code(submit)).field("status")).isEqualTo("valid");

            earlyTwiceAndOutOfOrder(ding);
            late(ding);

            assertThat(server.log())
                    .doesNotContain("\"ERROR\"")
                    .doesNotContain(PASSWORD)
                    .doesNotContain("33612345001")
                    .doesNotContain(code(submit));
        }
        assertThat(smsc.pdus("submit_sm")).hasSize(3);
    }

    /** A receipt that comes before the answer to the submit, then once more, then an older one. */
    private void earlyTwiceAndOutOfOrder(Ding ding) throws IOException {
        smsc.tell("submits", "after", -1);
        String id = create(ding, "+33612346002");
        JsonNode submit = smsc.awaitPdus("submit_sm", 2).getLast();
        receipt(2, "DELIVRD");
        assertThat(story(ding, id)).containsExactly("attempt pending");
        smsc.tell("submits");
        smsc.tell("answer");
        String[] all = {"attempt delivered", "delivery_status submitted", "delivery_status delivered"};
        awaitStory(ding, id, all);
        receipt(2, "DELIVRD");
        receipt(2, "ENROUTE");
        receipt(2, "UNDELIV");
        assertThat(story(ding, id)).containsExactly(all);
        assertThat(ding.check(id, code(submit)).field("status")).isEqualTo("valid");
    }

    /** The code was used before the SMSC says that it has arrived. */
    private void late(Ding ding) throws IOException {
        String id = create(ding, "+33612347003");
        JsonNode submit = smsc.awaitPdus("submit_sm", 3).getLast();
        awaitStory(ding, id, "attempt pending", "delivery_status submitted");
        assertThat(ding.check(id, code(submit)).field("status")).isEqualTo("valid");
        receipt(3, "DELIVRD");
        assertThat(story(ding, id))
                .containsExactly(
                        "attempt delivered", "delivery_status submitted", "check valid", "delivery_status delivered");
    }

    @Test
    void theOperatorSeesThatItIsUpAndTriesIt() throws Exception {
        Installation installation = Installation.fresh(Engine.SQLITE, folder);
        JsonNode listed =
                json(installation.tryToRun(ENVIRONMENT, "connection", "list", "--config", settings.toString()), 0);
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("name").asText()).isEqualTo("acme");
        assertThat(listed.path(0).path("kind").asText()).isEqualTo("smpp");
        assertThat(listed.path(0).path("state").asText()).isEqualTo("up");
        assertThat(listed.path(0).path("detail").asText()).isEqualTo("1 of 1 binds");

        String[] test = {"connection", "test", "acme", "--to", "+33612345001", "--config", settings.toString()};
        JsonNode accepted = json(installation.tryToRun(ENVIRONMENT, test), 0);
        assertThat(accepted.path("result").asText()).isEqualTo("accepted");
        assertThat(accepted.path("provider_id").asText()).isEqualTo("1");
        JsonNode submit = smsc.awaitPdus("submit_sm", 1).getFirst();
        assertThat(submit.path("destination_addr").asText()).isEqualTo("33612345001");
        assertThat(code(submit)).isEqualTo(accepted.path("code").asText());

        smsc.tell("submits", "status", 0x0B);
        JsonNode refused = json(installation.tryToRun(ENVIRONMENT, test), 1);
        assertThat(refused.path("result").asText()).isEqualTo("rejected");
        assertThat(refused.path("detail").asText()).contains("ESME_RINVDSTADR");
        assertThat(smsc.awaitPdus("unbind", 3)).as("each command says goodbye").hasSize(3);
    }

    private static JsonNode json(Program.Output output, int code) throws IOException {
        assertThat(output.code()).as(output.err()).isEqualTo(code);
        assertThat(output.out() + output.err()).doesNotContain(PASSWORD);
        return new JsonMapper().readTree(output.out());
    }

    /** A server answers before its binds are up. */
    private static void bound(CarillonProcess server) {
        await().atMost(Duration.ofSeconds(20)).until(() -> server.log().contains("acme-TRX-1 is bound"));
    }

    private static String create(Ding ding, String phone) throws IOException {
        Client.Answer created = ding.create(phone);
        assertThat(created.field("status")).as(created.text()).isEqualTo("pending");
        return created.field("authentication_uuid");
    }

    /** Sends one and waits until the server has answered that it is kept. */
    private void receipt(int id, String state) {
        int before = smsc.awaitAnswers(0).size();
        smsc.tell(
                "deliver",
                "pdu",
                Map.of(
                        "esm_class",
                        4,
                        "short_message",
                        "id:%d sub:001 dlvrd:001 submit date:2603041705 done date:2603041706 stat:%s err:000 text:"
                                .formatted(id, state)));
        assertThat(smsc.awaitAnswers(before + 1)).containsOnly(0);
    }

    private static void awaitStory(Ding ding, String id, String... events) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(story(ding, id)).containsExactly(events));
    }

    private static List<String> story(Ding ding, String id) throws IOException {
        return Status.of(ding.status(id)).story();
    }

    private static String code(JsonNode submit) {
        Matcher code = CODE.matcher(submit.path("short_message").asText());
        assertThat(code.find()).isTrue();
        return code.group();
    }
}
