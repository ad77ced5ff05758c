// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.util.List;
import org.jsmpp.bean.OptionalParameter;

/**
 * What one submit_sm carries of a text.
 *
 * @param hasHeader whether the octets begin with a user data header (esm_class 0x40)
 * @param dataCoding what the octets of the text are (§5.2.19)
 * @param octets the short_message
 * @param tlvs which part it is, or the text itself, where the octets do not say so
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record TextPart(boolean hasHeader, byte dataCoding, byte[] octets, List<OptionalParameter> tlvs) {
    TextPart {
        tlvs = List.copyOf(tlvs);
    }
}
