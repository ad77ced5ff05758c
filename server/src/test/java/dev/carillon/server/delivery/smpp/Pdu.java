// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.util.DefaultComposer;

/** Makes deliver_sm and data_sm as an SMSC would. */
final class Pdu {
    static final int RECEIPT = 0x04;

    private Pdu() {}

    static byte[] deliver(int esmClass, int dataCoding, byte[] text, OptionalParameter... tlvs) {
        try {
            return new DefaultComposer()
                    .deliverSm(
                            7,
                            "",
                            (byte) 1,
                            (byte) 1,
                            "447400123456",
                            (byte) 5,
                            (byte) 0,
                            "Acme",
                            (byte) esmClass,
                            (byte) 0,
                            (byte) 0,
                            (byte) 0,
                            (byte) dataCoding,
                            text,
                            tlvs);
        } catch (PDUStringException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static byte[] data(int esmClass, OptionalParameter... tlvs) {
        try {
            return new DefaultComposer()
                    .dataSm(
                            7,
                            "",
                            (byte) 1,
                            (byte) 1,
                            "447400123456",
                            (byte) 5,
                            (byte) 0,
                            "Acme",
                            (byte) esmClass,
                            (byte) 0,
                            (byte) 0,
                            tlvs);
        } catch (PDUStringException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static InboundMessage receipt(String text, OptionalParameter... tlvs) {
        return receipt(0, text, StandardCharsets.US_ASCII, tlvs);
    }

    static InboundMessage receipt(int dataCoding, String text, Charset charset, OptionalParameter... tlvs) {
        return InboundMessage.read(deliver(RECEIPT, dataCoding, text.getBytes(charset), tlvs));
    }

    static byte[] cut(byte[] pdu, int length) {
        return Arrays.copyOf(pdu, length);
    }
}
