// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import java.util.Locale;

/** Those of the published codes of status 422 that are answered here. */
enum ErrorCode {
    WRONG_SMS_VERIFICATION_TOKEN("The code is wrong."),
    /** Unknown, expired, used, or of another number. */
    INVALID_SMS_VERIFICATION("There is no such verification any more."),
    TOO_MANY_SMS_VERIFICATION_ATTEMPTS("Too many attempts. Please try again later."),
    INVALID_PHONE("This phone number cannot get a code."),
    NO_ENABLED_SMS_PROVIDER("Phone verification is switched off."),
    USER_HAS_ALREADY_ACCOUNT_WITH_PHONE_NUMBER("The phone number belongs to another user.");

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final String text;

    ErrorCode(String text) {
        this.text = text;
    }

    String wire() {
        return wire;
    }

    String text() {
        return text;
    }
}
