// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the simulator does with a message. Numbers of the North American range for fiction ({@code +1 NXX 555 01DD}) choose by
 * their last two digits; all others are delivered.
 */
enum Script {
    DELIVERED,
    /** Delivered, but the receipt takes long. */
    LATE,
    UNDELIVERABLE,
    /** The carrier refuses the message. */
    REJECTED,
    /** Accepted, and never heard of again. */
    NO_RECEIPT,
    /** The carrier cannot be reached. */
    DOWN;

    private static final Pattern FICTION = Pattern.compile("\\+1[2-9][0-9]{2}55501([0-9]{2})");
    private static final Map<String, Script> BY_LAST_DIGITS = Map.of(
            "91", LATE,
            "92", UNDELIVERABLE,
            "93", REJECTED,
            "94", NO_RECEIPT,
            "95", DOWN);

    static Script of(String e164) {
        Matcher matcher = FICTION.matcher(e164);
        return matcher.matches() ? BY_LAST_DIGITS.getOrDefault(matcher.group(1), DELIVERED) : DELIVERED;
    }
}
