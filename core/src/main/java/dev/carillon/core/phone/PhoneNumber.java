// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import org.jspecify.annotations.Nullable;

/**
 * A valid phone number in its one canonical spelling, with what its range tells about it.
 *
 * <p>{@link NumberingPlan#parse} makes these. The constructor is for a store that kept the three fields, and checks
 * the spelling only, not the numbering plan.
 *
 * <p>Two are equal when their {@link #value} is: region and line type follow from it, and an update of the numbering
 * plan may change them.
 *
 * @param value the number in E.164: {@code +} and 7 to 15 ASCII digits, the first not zero, such as
 *     {@code +33612345678}. Personal data: print the object, which masks it, rather than this.
 * @param regionCode ISO 3166-1 alpha-2 in upper case, such as {@code GB} or {@code GG}; null for numbers of no
 *     country (satellite, +800, +883 and the like)
 * @param lineType the kind of line
 */
public record PhoneNumber(String value, @Nullable String regionCode, LineType lineType) {

    /** The digits that a block leaves open, see {@link #block}. */
    private static final int SUFFIX_DIGITS = 3;

    /** The digits at the end that a masked number still shows: enough for its owner to know it again. */
    private static final int SHOWN_DIGITS = 2;

    /** @throws IllegalArgumentException when the value is not E.164 or the region code not two capital letters */
    public PhoneNumber {
        if (!isE164(value)) {
            throw new IllegalArgumentException("not an E.164 number"); // without the text: it may reach a log
        }
        if (regionCode != null && !isRegion(regionCode)) {
            throw new IllegalArgumentException("not a region code: " + regionCode);
        }
    }

    private static boolean isRegion(String text) {
        return text.length() == 2 && isCapital(text.charAt(0)) && isCapital(text.charAt(1));
    }

    private static boolean isCapital(char character) {
        return character >= 'A' && character <= 'Z';
    }

    /** Whether a text has the form of E.164, which says nothing on whether the number exists. */
    static boolean isE164(String text) {
        if (text.length() < 8 || text.length() > 16 || text.charAt(0) != '+' || text.charAt(1) == '0') {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The country calling code of 1 to 3 digits: 33, or 1 for all of North America. */
    public int callingCode() {
        return CallingCodes.of(value);
    }

    /**
     * The number without its last 3 digits: the name of the block of 1,000 numbers that it is in. Attacks that
     * make money walk through such blocks.
     */
    public String block() {
        return value.substring(0, value.length() - SUFFIX_DIGITS);
    }

    /** The calling code and the last two digits, with a star for each digit between: {@code +33*******78}. */
    public String masked() {
        int from = 1 + Integer.toString(callingCode()).length();
        int to = value.length() - SHOWN_DIGITS;
        return value.substring(0, from) + "*".repeat(to - from) + value.substring(to);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PhoneNumber that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** {@link #masked}, so that a number which slips into a log or an exception does no harm. */
    @Override
    public String toString() {
        return masked();
    }
}
