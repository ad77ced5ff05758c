// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.util.regex.Pattern;

/**
 * Numbers that an account sends nothing to: one number ({@code +14155550123}) or all that start alike ({@code +1415*}).
 *
 * @param digits 1 to 15, without the plus; a country code never starts with 0
 * @param prefix whether further digits may follow
 */
public record BlockPattern(String digits, boolean prefix) {
    private static final Pattern PREFIX = Pattern.compile("[1-9][0-9]{0,14}");
    /** E.164 allows 15 digits; no numbering plan has fewer than 7 with its country code but for a few islands' 5 or 6. */
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{4,14}");

    public BlockPattern {
        if (!(prefix ? PREFIX : NUMBER).matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    "a block is a number such as +14155550123, or a prefix of 1 to 15 digits such as +1415*");
        }
    }

    /**
     * Reads {@code +E164} or {@code +PREFIX*}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static BlockPattern parse(String text) {
        boolean prefix = text.endsWith("*");
        String number = prefix ? text.substring(0, text.length() - 1) : text;
        return new BlockPattern(number.startsWith("+") ? number.substring(1) : "", prefix);
    }

    public boolean matches(String e164) {
        String text = "+" + digits;
        return prefix ? e164.startsWith(text) : e164.equals(text);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return "+" + digits + (prefix ? "*" : "");
    }
}
