// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static dev.carillon.core.verification.DeliveryStatus.DELIVERED;
import static dev.carillon.core.verification.DeliveryStatus.IN_TRANSIT;
import static dev.carillon.core.verification.DeliveryStatus.UNDELIVERABLE;
import static dev.carillon.core.verification.DeliveryStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.verification.DeliveryStatus;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmppReceiptTest {
    private static final LocalDateTime DONE = LocalDateTime.of(2026, 3, 4, 17, 6);

    @Test
    void readsTheTextOfAppendixB() {
        assertThat(SmppReceipt.parse(Pdu.receipt("id:0123456789 sub:001 dlvrd:001 submit date:2603041705"
                        + " done date:2603041706 stat:DELIVRD err:000 text:Your code is")))
                .hasValue(new SmppReceipt("0123456789", DELIVERED, Optional.of(DONE), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ID:42 SUB:001 DLVRD:000 SUBMIT DATE:2603041705 DONE DATE:2603041706 STAT:UNDELIV ERR:027 TEXT:x",
                "Id: 42 Sub: 001 Done Date: 2603041706 Stat: UNDELIV Err: 027 Text: stat:DELIVRD",
                "id :42 stat :undeliverable err :027 done_date :260304170600",
                "stat:UNDELIV err:027 done date:20260304170600 id:42",
                "id:42\r\nstat:UNDELIV\terr:027\0done date:2603041706\0",
                "  id:42 status:UNDELIV error:027 donedate:2603041706",
                "\uFEFFid:42 sub: stat:UNDELIV err:027 done date:2603041706 id:43 stat:DELIVRD",
            })
    void everySmscWritesItsOwnWay(String text) {
        SmppReceipt expected = new SmppReceipt("42", UNDELIVERABLE, Optional.of(DONE), Optional.of("027"));
        assertThat(SmppReceipt.parse(Pdu.receipt(8, text, StandardCharsets.UTF_16BE)))
                .hasValue(expected);
        if (text.chars().allMatch(character -> character < 0x80)) {
            assertThat(SmppReceipt.parse(Pdu.receipt(text))).hasValue(expected);
        }
    }

    @Test
    void dataCodingMayBeWrong() {
        String text = "id:42 stat:DELIVRD text:Код";
        SmppReceipt expected = new SmppReceipt("42", DELIVERED, Optional.empty(), Optional.empty());
        assertThat(SmppReceipt.parse(Pdu.receipt(0, text, StandardCharsets.UTF_16BE)))
                .hasValue(expected);
        assertThat(SmppReceipt.parse(Pdu.receipt(8, text, StandardCharsets.US_ASCII)))
                .hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DELIVRD, DELIVERED", "DELIVERED, DELIVERED", "delivrd, DELIVERED", "EXPIRED, UNDELIVERABLE",
        "DELETED, UNDELIVERABLE", "UNDELIV, UNDELIVERABLE", "REJECTD, UNDELIVERABLE", "REJECTED, UNDELIVERABLE",
        "FAILED, UNDELIVERABLE", "ACCEPTD, IN_TRANSIT", "ENROUTE, IN_TRANSIT", "UNKNOWN, UNKNOWN",
        "SOMETHING, UNKNOWN", "D, UNKNOWN",
    })
    void words(String word, DeliveryStatus status) {
        assertThat(SmppReceipt.parse(Pdu.receipt("id:1 stat:" + word))
                        .orElseThrow()
                        .status())
                .isEqualTo(status);
    }

    @Test
    void states() {
        Map.of(
                        1, IN_TRANSIT,
                        2, DELIVERED,
                        3, UNDELIVERABLE,
                        4, UNDELIVERABLE,
                        5, UNDELIVERABLE,
                        6, IN_TRANSIT,
                        7, UNKNOWN,
                        8, UNDELIVERABLE,
                        200, UNKNOWN)
                .forEach((state, status) -> assertThat(SmppReceipt.parse(Pdu.receipt("id:1", state(state)))
                                .orElseThrow()
                                .status())
                        .as("state %s", state)
                        .isEqualTo(status));
    }

    @Test
    void tlvsCountFirst() {
        assertThat(SmppReceipt.parse(Pdu.receipt(
                        "id:1 stat:DELIVRD err:005",
                        Tlv.of(Tlv.RECEIPTED_MESSAGE_ID, "aB-17\0"),
                        state(5),
                        Tlv.of(Tlv.NETWORK_ERROR_CODE, (byte) 3, (byte) 1, (byte) 2))))
                .hasValue(new SmppReceipt("aB-17", UNDELIVERABLE, Optional.empty(), Optional.of("3:258")));
    }

    @Test
    void tlvsAreEnough() {
        assertThat(SmppReceipt.parse(Pdu.receipt("", Tlv.of(Tlv.RECEIPTED_MESSAGE_ID, "17"), state(2))))
                .hasValue(new SmppReceipt("17", DELIVERED, Optional.empty(), Optional.empty()));
    }

    @Test
    void whatTheTlvsLeaveOpenIsInTheText() {
        assertThat(SmppReceipt.parse(Pdu.receipt(
                        "id:1 stat:UNDELIV err:005",
                        Tlv.of(Tlv.RECEIPTED_MESSAGE_ID, "\0"),
                        Tlv.of(Tlv.MESSAGE_STATE),
                        Tlv.of(Tlv.NETWORK_ERROR_CODE, (byte) 3))))
                .hasValue(new SmppReceipt("1", UNDELIVERABLE, Optional.empty(), Optional.of("005")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello World", "stat:DELIVRD", "id: stat:DELIVRD", "text:id:1 stat:DELIVRD", "mid:1"})
    void withoutAnIdItIsNone(String text) {
        assertThat(SmppReceipt.parse(Pdu.receipt(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9999999999", "26030417", "260304170x", "2603041706+00"})
    void aDateThatIsNoneIsLeftOut(String date) {
        assertThat(SmppReceipt.parse(Pdu.receipt("id:1 done date:" + date))
                        .orElseThrow()
                        .done())
                .isEmpty();
    }

    @Property
    void noOctetsMakeItThrow(
            @ForAll @Size(max = 250) byte[] text,
            @ForAll @IntRange(max = 255) int dataCoding,
            @ForAll @Size(max = 20) byte[] tlv) {
        InboundMessage message = InboundMessage.read(Pdu.deliver(
                Pdu.RECEIPT,
                dataCoding,
                text,
                Tlv.of(Tlv.RECEIPTED_MESSAGE_ID, tlv),
                Tlv.of(Tlv.MESSAGE_STATE, tlv),
                Tlv.of(Tlv.NETWORK_ERROR_CODE, tlv)));
        SmppReceipt.parse(message).ifPresent(receipt -> assertThat(receipt.id()).isNotEmpty());
    }

    @Property
    void noTextMakesItThrow(@ForAll @StringLength(max = 100) String middle) {
        assertThat(SmppReceipt.parse(new InboundMessage(
                        4, 8, ("id:1 " + middle + " stat:DELIVRD").getBytes(StandardCharsets.UTF_16BE), Map.of())))
                .isNotNull();
    }

    private static OptionalParameter state(int state) {
        return Tlv.of(Tlv.MESSAGE_STATE, (byte) state);
    }
}
