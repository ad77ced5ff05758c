// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.server.api.JsonBody;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The published patterns, with the Unicode meaning that JavaScript gives them under the flag {@code u}. Lengths are in code points. */
final class Patterns {
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern NAME = Pattern.compile("(?=\\S)[\\p{L}\\p{N} _.,:!?&%@/+\\-'|]+(?<=\\S)");
    private static final Pattern ISO = Pattern.compile("[a-zA-Z]{2,4}[0-9]?");
    private static final Pattern TOKEN = Pattern.compile("[0-9]{6}");
    private static final int MAX_NAME = 255;
    private static final int MAX_ISO = 4;

    private Patterns() {}

    /** {@code environmentId} and {@code verificationUUID}: lower case only, any version. */
    static boolean isUuid(String text) {
        return UUID_FORM.matcher(text).matches();
    }

    /** {@code phoneNumber} and {@code phoneCountryCode}. */
    static boolean isName(String text) {
        return text.codePointCount(0, text.length()) <= MAX_NAME && isNonEmpty(text);
    }

    /** {@code sessionPublicKey}: the same characters, of any length. */
    static boolean isNonEmpty(String text) {
        return NAME.matcher(text).matches();
    }

    /** {@code isoCountryCode}. */
    static boolean isIsoCode(String text) {
        return text.length() <= MAX_ISO && ISO.matcher(text).matches();
    }

    /** {@code verificationToken}: ASCII digits, and no line end after them. */
    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** The field {@code verificationUUID}. */
    static UUID verification(JsonBody body) {
        return UUID.fromString(required(body, "verificationUUID", Patterns::isUuid));
    }

    static String required(JsonBody body, String name, Predicate<String> form) {
        return optional(body, name, form).orElseThrow(() -> DynamicErrors.malformed(name + " is required"));
    }

    static Optional<String> optional(JsonBody body, String name, Predicate<String> form) {
        Optional<String> given = body.string(name);
        if (given.isPresent() && !form.test(given.get())) {
            throw DynamicErrors.malformed(name + " does not have the required form");
        }
        return given;
    }
}
