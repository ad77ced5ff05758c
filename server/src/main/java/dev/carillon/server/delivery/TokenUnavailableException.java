// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import org.jspecify.annotations.Nullable;

/** There is no access token that works, and none can be had now. */
public final class TokenUnavailableException extends Exception {
    private static final long serialVersionUID = 1;

    /** @param detail why, for the operator's log: no token */
    public TokenUnavailableException(String detail, @Nullable Throwable cause) {
        super(detail, cause);
    }

    /** What it means for a message: nothing was sent. */
    public SendResult result() {
        return new SendResult.Fault(String.valueOf(getMessage()));
    }
}
