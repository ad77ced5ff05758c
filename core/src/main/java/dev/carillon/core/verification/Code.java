// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.Optional;

/**
 * A one-time code: 4 to 8 digits. It never shows itself: {@link #toString} is masked, so that no log can leak it.
 *
 * @param digits ASCII digits
 */
public record Code(String digits) {
    public Code {
        boolean possible = digits.length() >= 4 && digits.length() <= 8;
        if (!possible || !isDigits(digits)) {
            throw new IllegalArgumentException("a code has 4 to 8 digits");
        }
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a random number as a code.
     *
     * @param number 0 (inclusive) to 10^length (exclusive), evenly distributed, from a cryptographic source
     * @param length 4 to 8
     */
    public static Code of(int number, int length) {
        String digits = Integer.toString(number);
        return new Code("0".repeat(length - digits.length()) + digits);
    }

    /**
     * Reads what a person typed: digits of any script become ASCII, white space and hyphens are dropped.
     *
     * @return empty when no code can look like this
     */
    public static Optional<Code> typed(String text) {
        if (text.length() > 64) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder();
        for (int point : text.codePoints().toArray()) {
            int digit = Character.digit(point, 10);
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
            } else if (!Character.isWhitespace(point) && !Character.isSpaceChar(point) && point != '-') {
                return Optional.empty();
            }
        }
        boolean possible = digits.length() >= 4 && digits.length() <= 8;
        return possible ? Optional.of(new Code(digits.toString())) : Optional.empty();
    }

    /** As many asterisks as there are digits. */
    public String masked() {
        return "*".repeat(digits.length());
    }

    @Override
    public String toString() {
        return masked();
    }
}
