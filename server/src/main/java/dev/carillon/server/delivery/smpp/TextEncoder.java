// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.core.message.Segments;
import dev.carillon.core.message.SmsEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a text into what submit_sm carries: in the SMSC's default alphabet if that has every character, otherwise in UCS-2
 * (big-endian, characters beyond the basic plane as surrogate pairs), and in parts if it is too long for one SMS.
 *
 * @param alphabet what the SMSC's default alphabet is
 * @param dataCoding what data_coding says of that alphabet: 0 by the standard, 1 (ASCII) or 3 (Latin-1) for some
 * @param parts how a long text is divided
 */
record TextEncoder(Alphabet alphabet, byte dataCoding, Parts parts) {
    private static final byte UCS_2 = 8;
    private static final int MOST_PARTS = 255;

    /** How the parts of a text that is too long for one SMS are told to belong together. */
    enum Parts {
        /** By a user data header in front of each part (3GPP TS 23.040 §9.2.3.24.1): what phones themselves read. */
        UDH,
        /** By the TLVs sar_msg_ref_num, sar_total_segments and sar_segment_seqnum: the SMSC makes the header. */
        SAR,
        /** Not at all: the whole text goes in the TLV message_payload and the SMSC divides it. */
        PAYLOAD
    }

    /**
     * The parts in order, at least one.
     *
     * @param reference tells the parts of one text from those of another to the same phone; the lowest 8 bits count (16 with SAR)
     * @throws IllegalArgumentException when it takes more than 255 parts
     */
    List<TextPart> encode(String text, int reference) {
        boolean plain = alphabet.canEncode(text);
        byte coding = plain ? dataCoding : UCS_2;
        List<String> pieces = Segments.split(text, plain ? SmsEncoding.GSM_7 : SmsEncoding.UCS_2);
        if (pieces.size() == 1) {
            return List.of(new TextPart(false, coding, octets(text, plain), List.of()));
        }
        if (pieces.size() > MOST_PARTS) {
            throw new IllegalArgumentException("a text has at most " + MOST_PARTS + " parts");
        }
        if (parts == Parts.PAYLOAD) {
            return List.of(new TextPart(
                    false, coding, new byte[0], List.of(Tlv.of(Tlv.MESSAGE_PAYLOAD, octets(text, plain)))));
        }
        List<TextPart> encoded = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            encoded.add(part(coding, octets(pieces.get(i), plain), reference, pieces.size(), i + 1));
        }
        return List.copyOf(encoded);
    }

    private TextPart part(byte coding, byte[] octets, int reference, int total, int number) {
        if (parts == Parts.SAR) {
            return new TextPart(
                    false,
                    coding,
                    octets,
                    List.of(
                            Tlv.of(Tlv.SAR_MSG_REF_NUM, (byte) (reference >> 8), (byte) reference),
                            Tlv.of(Tlv.SAR_TOTAL_SEGMENTS, (byte) total),
                            Tlv.of(Tlv.SAR_SEGMENT_SEQNUM, (byte) number)));
        }
        byte[] header = {5, 0, 3, (byte) reference, (byte) total, (byte) number};
        byte[] whole = ByteBuffer.allocate(header.length + octets.length)
                .put(header)
                .put(octets)
                .array();
        return new TextPart(true, coding, whole, List.of());
    }

    private byte[] octets(String text, boolean plain) {
        return plain ? alphabet.encode(text) : text.getBytes(StandardCharsets.UTF_16BE);
    }
}
