// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jsmpp.bean.OptionalParameter;

/**
 * A submit_sm (§4.4.1), as far as we set its fields.
 *
 * @param validityPeriod relative (§7.1.1.2); empty: the SMSC's own
 * @param wantsReceipt whether the SMSC shall report what becomes of it, for better and for worse
 * @param tlvs those that are not about the text
 */
record Submit(
        String serviceType,
        Address source,
        Address destination,
        String validityPeriod,
        boolean wantsReceipt,
        TextPart text,
        List<OptionalParameter> tlvs) {
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(30);

    Submit {
        tlvs = List.copyOf(tlvs);
    }

    /** A relative time, such as {@code 000000000500000R} for five minutes; at most 30 days. */
    static String validity(Duration timeToLive) {
        Duration left = timeToLive.compareTo(LONGEST_VALIDITY) < 0 ? timeToLive : LONGEST_VALIDITY;
        StringBuilder text = new StringBuilder("0000"); // years and months
        twoDigits(text, (int) left.toDaysPart());
        twoDigits(text, left.toHoursPart());
        twoDigits(text, left.toMinutesPart());
        twoDigits(text, left.toSecondsPart());
        return text.append("000R").toString();
    }

    /** A formatter would take a tenth of the time that a whole message does. */
    private static void twoDigits(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** Those about the text and the others. */
    OptionalParameter[] allTlvs() {
        List<OptionalParameter> all = new ArrayList<>(text.tlvs());
        all.addAll(tlvs);
        return all.toArray(OptionalParameter[]::new);
    }
}
