// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.SendResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a foreign SMSC sees of us and we of it: PDUs, receipts, TLS. What it does to us is in {@link FailingSmscTest}. */
@Timeout(60)
class NpmSmscTest {
    private NpmSmsc smsc;
    private Given given;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        smsc = NpmSmsc.start();
        given = Given.smsc("127.0.0.1", smsc.port());
    }

    @AfterEach
    void stop() throws IOException {
        smsc.close();
    }

    @Test
    void bindsAndSubmits() throws InterruptedException {
        try (Connection connection = bound(given.with("system_type", "OTP").with("service_type", "CMT"))) {
            assertThat(connection.send(Given.message("Your code is 123456"))).isEqualTo(accepted("1"));
            assertThat(connection.send(Given.message("Your code is 654321"))).isEqualTo(accepted("2"));
        }
        JsonNode bind = smsc.pdus("bind_transceiver").getFirst();
        assertThat(bind.get("system_id").asText()).isEqualTo("carillon");
        assertThat(bind.get("password").asText()).isEqualTo("secret");
        assertThat(bind.get("system_type").asText()).isEqualTo("OTP");
        assertThat(bind.get("interface_version").asInt()).isEqualTo(0x34);
        JsonNode submit = smsc.pdus("submit_sm").getFirst();
        assertThat(submit.get("service_type").asText()).isEqualTo("CMT");
        assertThat(types(submit)).isEqualTo("5/0 Acme 1/1 447400123456");
        assertThat(submit.get("registered_delivery").asInt()).isEqualTo(1);
        assertThat(submit.get("data_coding").asInt()).isZero();
        assertThat(submit.get("esm_class").asInt()).isZero();
        assertThat(submit.get("short_message").asText()).isEqualTo("Your code is 123456");
        assertThat(submit.get("octets").asText()).as("validity_period").contains(ascii("000000000500000R"));
        assertThat(smsc.awaitPdus("unbind", 1)).as("says goodbye").hasSize(1);
    }

    /** npm's smpp decodes it by its own tables. */
    @ParameterizedTest
    @ValueSource(strings = {"@ $ _ é Δ €", "{[~]} \\ ^ |", "Код 🔑 123456", "Ñ ø Ω \n ç"})
    void theSmscReadsWhatWeWrote(String text) throws InterruptedException {
        try (Connection connection = bound(given)) {
            assertThat(connection.send(Given.message(text))).isInstanceOf(SendResult.Accepted.class);
        }
        assertThat(smsc.pdus("submit_sm").getFirst().get("short_message").asText())
                .isEqualTo(text);
    }

    @Test
    void longTextsGoInPartsOfWhichTheLastIsReported() throws InterruptedException {
        String text = "ж".repeat(67) + "я".repeat(67) + "123456";
        try (Connection connection = bound(given)) {
            assertThat(connection.send(Given.message(text))).isEqualTo(accepted("3"));
        }
        List<JsonNode> parts = smsc.pdus("submit_sm");
        assertThat(parts)
                .hasSize(3)
                .allSatisfy(part -> assertThat(part.get("esm_class").asInt()).isEqualTo(0x40));
        assertThat(parts.stream().map(part -> part.get("short_message").asText()))
                .containsExactly("ж".repeat(67), "я".repeat(67), "123456");
        assertThat(parts.stream().map(part -> part.get("registered_delivery").asInt()))
                .containsExactly(0, 0, 1);
        assertThat(parts.stream().map(part -> part.get("udh").asText().substring(6)))
                .containsExactly("0301", "0302", "0303");
    }

    @Test
    void sarTlvsAndPayloadAreUnderstood() throws InterruptedException {
        String text = "a".repeat(153) + "b".repeat(10);
        try (Connection connection = bound(given.with("parts", "sar"))) {
            assertThat(connection.send(Given.message(text))).isEqualTo(accepted("2"));
        }
        List<JsonNode> parts = smsc.pdus("submit_sm");
        assertThat(parts.stream().map(part -> part.get("sar_segment_seqnum").asInt()))
                .containsExactly(1, 2);
        assertThat(parts.stream().map(part -> part.get("sar_total_segments").asInt()))
                .containsExactly(2, 2);
        assertThat(new HashSet<>(parts.stream()
                        .map(part -> part.get("sar_msg_ref_num").asInt())
                        .toList()))
                .hasSize(1);
        assertThat(parts.getLast().get("short_message").asText()).isEqualTo("b".repeat(10));
        try (Connection connection = bound(given.with("parts", "payload"))) {
            assertThat(connection.send(Given.message(text))).isEqualTo(accepted("3"));
        }
        assertThat(smsc.pdus("submit_sm").getLast().get("message_payload").asText())
                .isEqualTo(text);
    }

    @Test
    void indiasRegistryGetsItsIds() throws InterruptedException {
        Map<String, String> ids = Map.of(
                TemplateIds.DLT_ENTITY, "1101",
                TemplateIds.DLT_TEMPLATE, "1107",
                TemplateIds.DLT_TELEMARKETER, "1102");
        try (Connection connection = bound(given)) {
            assertThat(connection.send(Given.message("62345", "Your code is 123456", ids)))
                    .isEqualTo(accepted("1"));
        }
        JsonNode submit = smsc.pdus("submit_sm").getFirst();
        assertThat(types(submit)).isEqualTo("0/0 62345 1/1 447400123456");
        assertThat(submit.get("5120").asText()).isEqualTo(ascii("1101"));
        assertThat(submit.get("5121").asText()).isEqualTo(ascii("1107"));
        assertThat(submit.get("5122").asText()).isEqualTo(ascii("1102"));
    }

    @Test
    void bindsOfTwoTypesAreThereForTwoThings() throws InterruptedException {
        try (Connection connection = bound(given.with("mode", "tx-rx").with("binds", 2))) {
            await().until(() -> connection.state().detail().equals("2 of 2 binds to send, 2 of 2 to receive"));
            assertThat(connection.send(Given.message("Your code is 123456"))).isEqualTo(accepted("1"));
            deliver("id:1 stat:DELIVRD");
            assertThat(given.nextReceipt().status()).isEqualTo(DeliveryStatus.DELIVERED);
        }
        assertThat(smsc.pdus("bind_transmitter")).hasSize(2);
        assertThat(smsc.pdus("bind_receiver")).hasSize(2);
        assertThat(smsc.sessions("bind_transmitter")).containsAll(smsc.sessions("submit_sm"));
    }

    @Test
    void aReceiptComesByTheIdThatWasGiven() throws InterruptedException {
        try (Connection _ = bound(given.with("receipt_time_zone", "UTC"))) {
            deliver(
                    "id:0001 sub:001 dlvrd:001 submit date:2603041705 done date:2603041706 stat:DELIVRD err:000 text:x");
            assertThat(given.nextReceipt())
                    .isEqualTo(Receipt.of(
                            new Receipt.Subject.ProviderId("1"),
                            DeliveryStatus.DELIVERED,
                            Instant.parse("2026-03-04T17:06:00Z")));
            assertThat(smsc.awaitAnswers(1)).containsExactly(0);
        }
    }

    @Test
    void receiptsInUcs2InUpperCaseByTlvAndTwice() throws InterruptedException {
        try (Connection _ = bound(given)) {
            smsc.tell(
                    "deliver",
                    "pdu",
                    Map.of("esm_class", 4, "data_coding", 8, "short_message", "id:7 stat:DELIVRD text:Код"));
            assertThat(given.nextReceipt()).isEqualTo(receipt("7", DeliveryStatus.DELIVERED));
            deliver("ID:8 SUB:001 STAT:UNDELIV ERR:011 TEXT:");
            assertThat(given.nextReceipt().code()).hasValue("011");
            Map<String, Object> tlvs =
                    Map.of("esm_class", 4, "short_message", "", "receipted_message_id", "9", "message_state", 5);
            smsc.tell("deliver", "pdu", tlvs);
            smsc.tell("deliver", "pdu", tlvs);
            assertThat(given.nextReceipt()).isEqualTo(receipt("9", DeliveryStatus.UNDELIVERABLE));
            assertThat(given.nextReceipt()).isEqualTo(receipt("9", DeliveryStatus.UNDELIVERABLE));
            smsc.tell("data", "pdu", Map.of("esm_class", 4, "receipted_message_id", "10", "message_state", 2));
            assertThat(given.nextReceipt()).isEqualTo(receipt("10", DeliveryStatus.DELIVERED));
            assertThat(smsc.awaitAnswers(5)).containsOnly(0);
        }
    }

    @Test
    void theServingNetworkIsTold() throws InterruptedException {
        try (Connection _ = bound(given)) {
            byte[] pdu = Pdu.deliver(4, 0, octets("id:1 stat:DELIVRD"), Tlv.of(0x1503, "234"), Tlv.of(0x1504, "30"));
            smsc.tell("raw", "octets", HexFormat.of().formatHex(pdu));
            assertThat(given.nextReceipt().network()).hasValue(new Network("23430"));
        }
    }

    @Test
    void whatCannotBeReadIsAnsweredAllTheSame() throws InterruptedException {
        try (Connection connection = bound(given)) {
            smsc.tell("deliver", "pdu", Map.of("esm_class", 4), "octets", "fffe00d8");
            smsc.tell("deliver", "pdu", Map.of("esm_class", 0, "short_message", "STOP"));
            smsc.tell(
                    "deliver",
                    "pdu",
                    Map.of("esm_class", 4, "source_addr", "1".repeat(60), "short_message", "id:3 stat:DELIVRD"));
            assertThat(smsc.awaitAnswers(3)).containsOnly(0);
            assertThat(given.nextReceipt()).isEqualTo(receipt("3", DeliveryStatus.DELIVERED));
            // A deliver_sm that ends in the middle of an address.
            smsc.tell("raw", "octets", "00000018" + "00000005" + "00000000" + "00000077" + "0001013434343434");
            await().until(() -> smsc.pdus("deliver_sm_resp").stream()
                    .anyMatch(pdu -> pdu.get("sequence_number").asInt() == 0x77
                            && pdu.get("command_status").asInt() == 0));
            assertThat(connection.send(Given.message("still there"))).isEqualTo(accepted("1"));
        }
    }

    @Test
    void aReceiptThatCannotBeKeptIsAskedForAgain() throws InterruptedException {
        try (Connection _ = bound(given)) {
            given.keepsReceipts = false;
            deliver("id:1 stat:DELIVRD");
            assertThat(smsc.awaitAnswers(1)).containsExactly(0x64);
            given.keepsReceipts = true;
            deliver("id:1 stat:DELIVRD");
            assertThat(smsc.awaitAnswers(2)).containsExactly(0x64, 0);
            assertThat(given.nextReceipt()).isEqualTo(receipt("1", DeliveryStatus.DELIVERED));
        }
    }

    /** Receipts that wait for the database hold up neither each other nor the answers to what we send, and are bounded. */
    @Test
    void slowReceiptsDoNotHoldUpMessages() throws InterruptedException {
        try (Connection connection = bound(given)) {
            given.gate = new CountDownLatch(1);
            String pdu = HexFormat.of().formatHex(Pdu.deliver(4, 0, octets("id:1 stat:DELIVRD")));
            smsc.tell("raw", "octets", pdu.repeat(300));
            assertThat(connection.send(Given.message("Your code is 123456"))).isEqualTo(accepted("1"));
            assertThat(statuses(smsc.awaitPdus("deliver_sm_resp", 44)))
                    .hasSize(44)
                    .containsOnly(0x64);
            given.gate.countDown();
            assertThat(statuses(smsc.awaitPdus("deliver_sm_resp", 300)).subList(44, 300))
                    .containsOnly(0);
        }
    }

    @Test
    void aBindThatIsRefusedIsTriedAgain() {
        smsc.tell("binds", "status", 0x0E);
        try (Connection connection = given.open()) {
            await().until(() -> connection.state().detail().contains("ESME_RINVPASWD"));
            assertThat(connection.state().isUp()).isFalse();
            assertThat(connection.state().detail()).startsWith("0 of 1 binds").doesNotContain("secret");
            smsc.tell("binds", "status", 0);
            await().until(() -> connection.state().isUp());
        }
    }

    private Connection bound(Given by) {
        Connection connection = by.timeout(Duration.ofSeconds(10)).open();
        await().atMost(Duration.ofSeconds(20)).until(() -> connection.state().isUp());
        return connection;
    }

    private void deliver(String text) {
        smsc.tell("deliver", "pdu", Map.of("esm_class", 4, "short_message", text));
    }

    private static SendResult accepted(String id) {
        return new SendResult.Accepted(Optional.of(id), Optional.empty());
    }

    private static Receipt receipt(String id, DeliveryStatus status) {
        return Receipt.of(new Receipt.Subject.ProviderId(id), status, Given.NOW);
    }

    private static List<Integer> statuses(List<JsonNode> pdus) {
        return pdus.stream().map(pdu -> pdu.get("command_status").asInt()).toList();
    }

    private static String types(JsonNode submit) {
        return submit.get("source_addr_ton") + "/" + submit.get("source_addr_npi") + " "
                + submit.get("source_addr").asText() + " " + submit.get("dest_addr_ton") + "/"
                + submit.get("dest_addr_npi") + " "
                + submit.get("destination_addr").asText();
    }

    private static String ascii(String text) {
        return HexFormat.of().formatHex(octets(text));
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
