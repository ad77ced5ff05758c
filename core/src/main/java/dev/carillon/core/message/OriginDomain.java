// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.regex.Pattern;

/**
 * The host that a code is bound to, so that a browser fills it in on that site only (WICG "Origin-bound one-time
 * codes delivered via SMS"; WebOTP, Safari).
 */
public final class OriginDomain {

    /** RFC 1123 labels; at least two, and the last not a number, which would be an IPv4 address. */
    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+(?=[A-Za-z0-9-]*[A-Za-z])"
                    + "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

    private static final int MAX_LENGTH = 253;

    private OriginDomain() {}

    /**
     * Whether a text is an ASCII host name of two labels or more: no scheme, port, path, trailing dot or address.
     * Names in other scripts go in their {@code xn--} form.
     */
    public static boolean isValid(String text) {
        return text.length() <= MAX_LENGTH && HOST.matcher(text).matches();
    }
}
