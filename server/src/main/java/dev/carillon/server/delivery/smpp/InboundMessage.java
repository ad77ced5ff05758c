// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jsmpp.SMPPConstant;

/**
 * What matters of a deliver_sm (§4.6.1) or data_sm (§4.7.1) that the SMSC sent us. Read tolerantly: of a PDU that is cut short or
 * breaks the rules of its fields, whatever could be read is here. jsmpp's own reading throws on both.
 *
 * @param esmClass what kind of message it is, 0 to 255
 * @param dataCoding what its octets are, 0 to 255
 * @param octets its text, wherever it was, without user data header
 * @param tlvs by tag; of two with one tag, the first
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record InboundMessage(int esmClass, int dataCoding, byte[] octets, Map<Integer, byte[]> tlvs) {
    private static final int UDH_INDICATOR = 0x40;
    /** Bits 5 to 2: 0001 is a receipt, 1000 an intermediate notification, which looks the same. */
    private static final int RECEIPT_BITS = 0x24;

    InboundMessage {
        tlvs = Map.copyOf(tlvs);
    }

    /** Never throws, whatever the octets are. */
    static InboundMessage read(byte[] pdu) {
        Cursor cursor = new Cursor(ByteBuffer.wrap(pdu));
        cursor.skip(Integer.BYTES);
        boolean isData = cursor.integer() == SMPPConstant.CID_DATA_SM;
        cursor.skip(2 * Integer.BYTES);
        cursor.skipString(); // service_type
        for (int address = 0; address < 2; address++) {
            cursor.skip(2);
            cursor.skipString();
        }
        int esmClass = cursor.octet();
        int dataCoding;
        byte[] octets = {};
        if (isData) {
            cursor.skip(1); // registered_delivery
            dataCoding = cursor.octet();
        } else {
            cursor.skip(2); // protocol_id, priority_flag
            cursor.skipString(); // schedule_delivery_time
            cursor.skipString(); // validity_period
            cursor.skip(2); // registered_delivery, replace_if_present_flag
            dataCoding = cursor.octet();
            cursor.skip(1); // sm_default_msg_id
            octets = cursor.octets(cursor.octet());
        }
        Map<Integer, byte[]> tlvs = cursor.tlvs();
        byte[] text = octets.length > 0 ? octets : tlvs.getOrDefault(Tlv.MESSAGE_PAYLOAD, octets);
        boolean hasHeader = (esmClass & UDH_INDICATOR) != 0 && text.length > 0;
        return new InboundMessage(esmClass, dataCoding, hasHeader ? withoutHeader(text) : text, tlvs);
    }

    /**
     * Whether it is about a message of ours and not one that a phone sent. The text alone does not make it one: anybody can send us an SMS
     * that looks like a receipt, but only the SMSC sets esm_class and TLVs.
     */
    boolean isReceipt() {
        return (esmClass & RECEIPT_BITS) != 0 || tlvs.containsKey(Tlv.RECEIPTED_MESSAGE_ID);
    }

    Optional<byte[]> tlv(int tag) {
        return Optional.ofNullable(tlvs.get(tag));
    }

    private static byte[] withoutHeader(byte[] text) {
        return new Cursor(ByteBuffer.wrap(text)).skip(1 + (text[0] & 0xFF)).octets(text.length);
    }

    /** Reads on when there is nothing left: zeros. */
    private record Cursor(ByteBuffer buffer) {
        Cursor skip(int octets) {
            buffer.position(buffer.position() + Math.min(octets, buffer.remaining()));
            return this;
        }

        void skipString() {
            while (buffer.hasRemaining() && buffer.get() != 0) {}
        }

        int octet() {
            return buffer.hasRemaining() ? buffer.get() & 0xFF : 0;
        }

        int integer() {
            return buffer.remaining() < Integer.BYTES ? 0 : buffer.getInt();
        }

        byte[] octets(int most) {
            byte[] octets = new byte[Math.min(most, buffer.remaining())];
            buffer.get(octets);
            return octets;
        }

        Map<Integer, byte[]> tlvs() {
            Map<Integer, byte[]> tlvs = new HashMap<>();
            while (buffer.remaining() >= 2 * Short.BYTES) {
                int tag = buffer.getShort() & 0xFFFF;
                tlvs.putIfAbsent(tag, octets(buffer.getShort() & 0xFFFF));
            }
            return tlvs;
        }
    }
}
