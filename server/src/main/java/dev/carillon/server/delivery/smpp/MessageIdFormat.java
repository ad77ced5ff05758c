// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How an SMSC writes the id of a message in submit_sm_resp and in the receipt. Some write one number to two bases, and nothing in the
 * ids tells (12 can be eighteen), so the operator has to.
 *
 * <p>Ids that are the same become the same text: without spaces and leading zeros, in lower case, numbers of a known base to base 10.
 * An id that is no number of its base is left as {@link #SAME} has it.
 */
enum MessageIdFormat {
    /** The same text in both, but for leading zeros and upper case. */
    SAME(OptionalInt.empty(), OptionalInt.empty()),
    RESP_HEX_RECEIPT_DEC(OptionalInt.of(16), OptionalInt.of(10)),
    RESP_DEC_RECEIPT_HEX(OptionalInt.of(10), OptionalInt.of(16));

    private final OptionalInt responseBase;
    private final OptionalInt receiptBase;

    MessageIdFormat(OptionalInt responseBase, OptionalInt receiptBase) {
        this.responseBase = responseBase;
        this.receiptBase = receiptBase;
    }

    /** An id out of submit_sm_resp. Empty when there is none. */
    String ofResponse(String id) {
        return normal(id, responseBase);
    }

    /** An id out of a receipt. Empty when there is none. */
    String ofReceipt(String id) {
        return normal(id, receiptBase);
    }

    private static String normal(String id, OptionalInt base) {
        String bare = id.strip().toLowerCase(Locale.ROOT);
        if (base.isPresent() && isNumber(bare, base.getAsInt())) {
            return new BigInteger(bare, base.getAsInt()).toString();
        }
        int start = 0;
        while (start < bare.length() - 1 && bare.charAt(start) == '0') {
            start++;
        }
        return bare.substring(start);
    }

    /** Stricter than {@link BigInteger}, which takes signs and the digits of every script. */
    private static boolean isNumber(String text, int base) {
        return !text.isEmpty()
                && text.chars().allMatch(character -> character < 0x80 && Character.digit(character, base) >= 0);
    }
}
