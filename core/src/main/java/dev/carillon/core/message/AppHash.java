// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.regex.Pattern;

/**
 * The hash by which Android's SMS Retriever finds the app that a message is for: the first 11 characters of the
 * base64 of SHA-256 over package name and signing certificate. Ding calls it {@code app_realm}.
 */
public final class AppHash {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/]{11}");

    private AppHash() {}

    /** Whether a text has the form of an app hash. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}
