// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mobile network (ITU-T E.212).
 *
 * @param code MCC and MNC together, 5 or 6 digits
 */
public record Network(String code) {
    private static final Pattern CODE = Pattern.compile("[2-7][0-9]{4,5}");

    /** @throws IllegalArgumentException when it is no such code */
    public Network {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("a network is 5 or 6 digits, MCC and MNC");
        }
    }

    /** The network that a provider names, if it is one: providers also send blanks, zeros and names. */
    public static Optional<Network> parse(String text) {
        return CODE.matcher(text).matches() ? Optional.of(new Network(text)) : Optional.empty();
    }

    /** The country's part, three digits. */
    public String mcc() {
        return code.substring(0, 3);
    }

    /** The network's part, two or three digits. */
    public String mnc() {
        return code.substring(3);
    }
}
