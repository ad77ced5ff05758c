// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsmpp.PDUReader;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;
import org.jsmpp.util.OctetUtil;

/**
 * Reads PDUs for jsmpp, and keeps some from it:
 *
 * <ul>
 *   <li>deliver_sm and data_sm: jsmpp would handle them in the threads that it handles the answers to our submits in, so that receipts
 *       that wait for the database would hold up the answers; and to one that breaks a rule it would answer an error or, worse, nothing.
 *   <li>submit_sm_resp: who waits for it is woken up from here and not by way of another thread, which at thousands a second is what
 *       costs most. An answer whose id breaks a rule is an answer all the same.
 * </ul>
 */
final class InboundTap implements PDUReader {
    /** A message_payload of 64 KiB and everything around it; jsmpp's own reader would allocate whatever four octets say. */
    private static final int LARGEST_PDU = 70_000;

    private static final int HEADER = 16;
    /** SMPP has 64. */
    private static final int LONGEST_ID = 255;

    private volatile Optional<Listener> listener = Optional.empty();

    /** Who hears of PDUs, in order. Must not block. */
    interface Listener {
        /** A PDU of any kind is coming. */
        void heard();

        /** A deliver_sm or a data_sm. */
        void received(Inbound message);

        /** @param messageId empty when there is none */
        void answered(int sequence, int status, String messageId);
    }

    /**
     * A whole PDU with the two fields of its header that the answer needs.
     *
     * @param isData whether it is a data_sm
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    record Inbound(boolean isData, int sequence, byte[] pdu) {}

    /** To be called before a connection is made; not in the constructor, since jsmpp's session wants its reader before it is there itself. */
    void listen(Listener by) {
        listener = Optional.of(by);
    }

    @Override
    public Command readPDUHeader(DataInputStream in) throws IOException {
        Listener by = listener.orElseThrow();
        while (true) {
            Command header = new Command();
            header.setCommandLength(in.readInt());
            header.setCommandId(in.readInt());
            header.setCommandStatus(in.readInt());
            header.setSequenceNumber(in.readInt());
            if (header.getCommandLength() < HEADER || header.getCommandLength() > LARGEST_PDU) {
                throw new IOException("a PDU of " + header.getCommandLength() + " octets");
            }
            by.heard();
            int sequence = header.getSequenceNumber();
            switch (header.getCommandId()) {
                case SMPPConstant.CID_DELIVER_SM -> by.received(new Inbound(false, sequence, readPDU(in, header)));
                case SMPPConstant.CID_DATA_SM -> by.received(new Inbound(true, sequence, readPDU(in, header)));
                case SMPPConstant.CID_SUBMIT_SM_RESP ->
                    by.answered(sequence, header.getCommandStatus(), messageId(readPDU(in, header)));
                default -> {
                    return header;
                }
            }
        }
    }

    /** The text up to the octet 0, or to the end if there is none. */
    private static String messageId(byte[] answer) {
        int end = HEADER;
        while (end < answer.length && end < HEADER + LONGEST_ID && answer[end] != 0) {
            end++;
        }
        return new String(answer, HEADER, end - HEADER, StandardCharsets.ISO_8859_1);
    }

    @Override
    public byte[] readPDU(DataInputStream in, Command header) throws IOException {
        return readPDU(
                in,
                header.getCommandLength(),
                header.getCommandId(),
                header.getCommandStatus(),
                header.getSequenceNumber());
    }

    @Override
    public byte[] readPDU(DataInputStream in, int length, int id, int status, int sequence) throws IOException {
        byte[] pdu = new byte[length];
        int[] header = {length, id, status, sequence};
        for (int i = 0; i < header.length; i++) {
            System.arraycopy(OctetUtil.intToBytes(header[i]), 0, pdu, i * Integer.BYTES, Integer.BYTES);
        }
        in.readFully(pdu, HEADER, length - HEADER);
        return pdu;
    }
}
