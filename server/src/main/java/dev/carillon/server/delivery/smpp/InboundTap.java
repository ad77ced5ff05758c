// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.function.Consumer;
import org.jsmpp.PDUReader;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Command;
import org.jsmpp.util.OctetUtil;

/**
 * Reads PDUs for jsmpp, and keeps deliver_sm and data_sm from it. jsmpp would handle them in the threads that it handles the answers to
 * our submits in, so that receipts that wait for the database would hold up the answers; and of one that breaks a rule it would send
 * an error or, worse, nothing.
 */
final class InboundTap implements PDUReader {
    /** A message_payload of 64 KiB and everything around it; jsmpp's own reader would allocate whatever four octets say. */
    private static final int LARGEST_PDU = 70_000;

    private static final int HEADER = 16;

    private volatile Listener listener = new Listener(() -> {}, _ -> {});

    /**
     * Who hears of PDUs.
     *
     * @param heard called for each PDU, also those that jsmpp gets
     * @param inbound called for each deliver_sm and data_sm, in order; must not block
     */
    private record Listener(Runnable heard, Consumer<Inbound> inbound) {}

    /**
     * A whole PDU with the two fields of its header that the answer needs.
     *
     * @param isData whether it is a data_sm
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares these
    record Inbound(boolean isData, int sequence, byte[] pdu) {}

    /** Not in the constructor: jsmpp's session wants its reader before it is there itself. See {@link Listener}. */
    void listen(Runnable heard, Consumer<Inbound> inbound) {
        listener = new Listener(heard, inbound);
    }

    @Override
    public Command readPDUHeader(DataInputStream in) throws IOException {
        while (true) {
            Command header = new Command();
            header.setCommandLength(in.readInt());
            header.setCommandId(in.readInt());
            header.setCommandStatus(in.readInt());
            header.setSequenceNumber(in.readInt());
            if (header.getCommandLength() < HEADER || header.getCommandLength() > LARGEST_PDU) {
                throw new IOException("a PDU of " + header.getCommandLength() + " octets");
            }
            listener.heard.run();
            boolean isData = header.getCommandId() == SMPPConstant.CID_DATA_SM;
            if (!isData && header.getCommandId() != SMPPConstant.CID_DELIVER_SM) {
                return header;
            }
            listener.inbound.accept(new Inbound(isData, header.getSequenceNumber(), readPDU(in, header)));
        }
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
