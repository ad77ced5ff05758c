// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import org.jspecify.annotations.Nullable;

/** The name that an account puts into its messages: data from outside, which must not change their form. */
final class Brand {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Brand() {}

    /**
     * A brand on one line: no line breaks, control or direction characters (with which a brand could write an
     * autofill line of its own, or turn a code around), and single spaces only between words.
     *
     * @return empty when nothing is left, or there was none
     */
    static String clean(@Nullable String brand) {
        if (brand == null) {
            return "";
        }
        StringBuilder cleaned = new StringBuilder(brand.length());
        brand.codePoints()
                .map(c -> isSpace(c) ? ' ' : c)
                .filter(Brand::isVisible)
                .forEach(cleaned::appendCodePoint);
        return cleaned.toString().strip().replaceAll(" {2,}", " ");
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE -> false;
            // Both joiners are spelling in Persian and in the scripts of India, and harmless.
            case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
