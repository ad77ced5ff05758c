// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.util.stream.IntStream;

/** Country calling codes (ITU-T E.164). None is the beginning of another, so the digits of a number tell its own. */
final class CallingCodes {

    /** Marks the first two digits that are a whole code; every code that is not here and not +1 or +7 has three. */
    private static final boolean[] TWO_DIGITS = new boolean[100];

    static {
        IntStream.of(
                        20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56,
                        57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98)
                .forEach(code -> TWO_DIGITS[code] = true);
    }

    private CallingCodes() {}

    /** The calling code of a number in E.164. */
    static int of(String e164) {
        int first = e164.charAt(1) - '0';
        if (first == 1 || first == 7) {
            return first;
        }
        int two = first * 10 + e164.charAt(2) - '0';
        return TWO_DIGITS[two] ? two : two * 10 + e164.charAt(3) - '0';
    }
}
