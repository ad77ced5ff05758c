// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import java.util.Locale;

/**
 * The error codes. Clients know the 23 of the published enum and fail to parse any other, so that a code which is not
 * {@link #isPublished} travels with a status for which they read no code.
 */
enum ErrorCode {
    ACCOUNT_INVALID,
    APP_REALM_REQUIRE_DEVICE_TYPE,
    BAD_REQUEST,
    BLOCKED_NUMBER,
    DUPLICATED_FEEDBACK_STATUS,
    INTERNAL_SERVER_ERROR,
    INVALID_APP_REALM,
    INVALID_APP_VERSION,
    INVALID_AUTH_UUID,
    INVALID_DEVICE_ID,
    INVALID_DEVICE_MODEL,
    INVALID_FEEDBACK_STATUS,
    INVALID_LINE,
    INVALID_OS_VERSION,
    INVALID_PHONE_NUMBER,
    INVALID_SENDER_ID,
    INVALID_TEMPLATE_ID,
    NEGATIVE_BALANCE,
    NO_ASSOCIATED_AUTH_FOUND,
    SUSPENDED_ACCOUNT,
    UNAUTHORIZED_SENDER_ID,
    UNSUPPORTED_APP_REALM_DEVICE_TYPE,
    UNSUPPORTED_REGION,
    /** Documented, but not in the published enum. */
    SPENDING_LIMIT_EXCEEDED;

    private final String wire = name().toLowerCase(Locale.ROOT);

    String wire() {
        return wire;
    }

    boolean isPublished() {
        return this != SPENDING_LIMIT_EXCEEDED;
    }

    /** The HTTP status: typed clients read a code from 400 only. */
    int status() {
        return switch (this) {
            case INTERNAL_SERVER_ERROR -> 500;
            case SPENDING_LIMIT_EXCEEDED -> 402;
            default -> 400;
        };
    }
}
