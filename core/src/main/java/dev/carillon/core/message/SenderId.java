// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.regex.Pattern;

/** The sender that a message shows: a name or a number (3GPP TS 23.040 §9.1.2.5). */
public final class SenderId {

    private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,15}");

    private SenderId() {}

    /**
     * Whether a text can be a sender anywhere: a name of 1 to 11 of {@code A-Z a-z 0-9 space . _ & -} with at least
     * one letter, or a number of at most 15 digits with or without {@code +}. Whether a country or a carrier takes
     * it is another question.
     */
    public static boolean isValid(String text) {
        return isName(text) || NUMBER.matcher(text).matches();
    }

    /** Whether a text can be a sender name, which several countries do not take. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }
}
