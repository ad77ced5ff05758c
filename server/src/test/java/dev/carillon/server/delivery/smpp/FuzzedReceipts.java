// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;

/** What an SMSC may send, read. */
public final class FuzzedReceipts {
    private FuzzedReceipts() {}

    /** The octets as a whole PDU, and as a receipt's text in each of the encodings. */
    public static void check(byte[] octets) {
        check(SmppReceipt.parse(InboundMessage.read(octets)));
        for (int coding : new int[] {0, 3, 8, 0xF1}) {
            check(SmppReceipt.parse(new InboundMessage(0x04, coding, octets, Map.of())));
        }
        Map<Integer, byte[]> tlvs =
                Map.of(Tlv.RECEIPTED_MESSAGE_ID, octets, Tlv.MESSAGE_STATE, octets, Tlv.NETWORK_ERROR_CODE, octets);
        check(SmppReceipt.parse(new InboundMessage(0x04, 0, octets, tlvs)));
        String id = new String(octets, ISO_8859_1);
        for (MessageIdFormat format : MessageIdFormat.values()) {
            String once = format.ofReceipt(id);
            assertThat(MessageIdFormat.SAME.ofReceipt(once)).isEqualTo(once);
        }
    }

    private static void check(Optional<SmppReceipt> receipt) {
        receipt.ifPresent(read -> {
            assertThat(read.id()).isNotBlank().hasSizeLessThanOrEqualTo(512);
            assertThat(read.error().orElse("x")).matches("[A-Za-z0-9._:-]{1,16}");
        });
    }
}
