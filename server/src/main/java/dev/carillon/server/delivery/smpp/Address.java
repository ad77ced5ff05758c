// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.util.Optional;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;

/** An address with its type of number (§5.2.5) and numbering plan (§5.2.6). */
record Address(TypeOfNumber ton, NumberingPlanIndicator npi, String text) {
    /** Numbers of fewer digits are a country's short codes, which are not international. */
    private static final int SHORTEST_INTERNATIONAL = 8;

    /**
     * TON and NPI that an SMSC wants instead of the usual ones.
     *
     * @param ton empty: the usual
     * @param npi empty: the usual
     */
    record Types(Optional<TypeOfNumber> ton, Optional<NumberingPlanIndicator> npi) {
        static final Types USUAL = new Types(Optional.empty(), Optional.empty());
    }

    /** A phone, by its digits without {@code +}. */
    static Address phone(String digits, Types types) {
        return of(TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN, digits, types);
    }

    /** A sender: an international number with or without {@code +}, a short code, or else a name. */
    static Address sender(String senderId, Types types) {
        boolean plus = senderId.startsWith("+");
        String digits = plus ? senderId.substring(1) : senderId;
        if (!digits.chars().allMatch(character -> character >= '0' && character <= '9')) {
            return of(TypeOfNumber.ALPHANUMERIC, NumberingPlanIndicator.UNKNOWN, senderId, types);
        }
        return plus || digits.length() >= SHORTEST_INTERNATIONAL
                ? phone(digits, types)
                : of(TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, digits, types);
    }

    private static Address of(TypeOfNumber ton, NumberingPlanIndicator npi, String text, Types types) {
        return new Address(types.ton().orElse(ton), types.npi().orElse(npi), text);
    }
}
