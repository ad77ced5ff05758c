// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InboundMessageTest {
    private static final byte[] TEXT = "id:1 stat:DELIVRD".getBytes(StandardCharsets.US_ASCII);

    @Test
    void readsADeliverSm() {
        InboundMessage message = InboundMessage.read(
                Pdu.deliver(Pdu.RECEIPT, 8, TEXT, Tlv.of(Tlv.MESSAGE_STATE, (byte) 2), Tlv.of(0x1503, "234")));
        assertThat(message.esmClass()).isEqualTo(4);
        assertThat(message.dataCoding()).isEqualTo(8);
        assertThat(message.octets()).isEqualTo(TEXT);
        assertThat(message.tlvs()).containsOnlyKeys(Tlv.MESSAGE_STATE, 0x1503);
        assertThat(message.tlv(0x1503)).hasValue(new byte[] {'2', '3', '4'});
    }

    @Test
    void readsADataSm() {
        InboundMessage message = InboundMessage.read(
                Pdu.data(Pdu.RECEIPT, Tlv.of(Tlv.RECEIPTED_MESSAGE_ID, "17\0"), Tlv.of(Tlv.MESSAGE_PAYLOAD, TEXT)));
        assertThat(message.octets()).isEqualTo(TEXT);
        assertThat(message.tlv(Tlv.RECEIPTED_MESSAGE_ID)).isPresent();
    }

    @Test
    void theTextMayBeInThePayload() {
        assertThat(InboundMessage.read(Pdu.deliver(4, 0, new byte[0], Tlv.of(Tlv.MESSAGE_PAYLOAD, TEXT)))
                        .octets())
                .isEqualTo(TEXT);
    }

    @Test
    void aUserDataHeaderIsNotText() {
        byte[] text = new byte[6 + TEXT.length];
        text[0] = 5;
        System.arraycopy(TEXT, 0, text, 6, TEXT.length);
        assertThat(InboundMessage.read(Pdu.deliver(0x44, 0, text)).octets()).isEqualTo(TEXT);
        assertThat(InboundMessage.read(Pdu.deliver(0x44, 0, new byte[] {(byte) 200, 1}))
                        .octets())
                .isEmpty();
    }

    @Test
    void onlyTheSmscCanMakeAReceipt() {
        assertThat(InboundMessage.read(Pdu.deliver(0x04, 0, TEXT)).isReceipt()).isTrue();
        assertThat(InboundMessage.read(Pdu.deliver(0x20, 0, TEXT)).isReceipt()).isTrue();
        assertThat(InboundMessage.read(Pdu.deliver(0, 0, TEXT)).isReceipt()).isFalse();
        assertThat(InboundMessage.read(Pdu.deliver(0, 0, TEXT, Tlv.of(Tlv.RECEIPTED_MESSAGE_ID, "1")))
                        .isReceipt())
                .isTrue();
    }

    @Property
    void aPduThatIsCutShortIsReadAsFarAsItGoes(@ForAll @IntRange(max = 80) int length) {
        byte[] pdu = Pdu.deliver(Pdu.RECEIPT, 0, TEXT, Tlv.of(Tlv.RECEIPTED_MESSAGE_ID, "17"));
        InboundMessage message = InboundMessage.read(Pdu.cut(pdu, Math.min(length, pdu.length)));
        assertThat(message.octets().length).isLessThanOrEqualTo(TEXT.length);
    }

    @Property
    void noOctetsMakeItThrow(@ForAll @Size(max = 300) byte[] octets) {
        assertThat(InboundMessage.read(octets).octets().length).isLessThanOrEqualTo(octets.length);
    }
}
