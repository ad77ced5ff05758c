// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.nio.charset.StandardCharsets;
import org.jsmpp.bean.OptionalParameter;

/** Tags of optional parameters (§5.3.2), and making one. */
final class Tlv {
    static final int RECEIPTED_MESSAGE_ID = 0x001E;
    static final int SAR_MSG_REF_NUM = 0x020C;
    static final int SAR_TOTAL_SEGMENTS = 0x020E;
    static final int SAR_SEGMENT_SEQNUM = 0x020F;
    static final int NETWORK_ERROR_CODE = 0x0423;
    static final int MESSAGE_PAYLOAD = 0x0424;
    static final int MESSAGE_STATE = 0x0427;

    /** Carriers in India agree on these three, which are from the range for vendors. */
    static final int DLT_ENTITY = 0x1400;

    static final int DLT_TEMPLATE = 0x1401;
    static final int DLT_TELEMARKETER = 0x1402;

    private Tlv() {}

    static OptionalParameter of(int tag, byte... value) {
        return new OptionalParameter.OctetString((short) tag, value);
    }

    static OptionalParameter of(int tag, String value) {
        return of(tag, value.getBytes(StandardCharsets.US_ASCII));
    }
}
