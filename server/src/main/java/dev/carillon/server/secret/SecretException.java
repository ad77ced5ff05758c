// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import org.jspecify.annotations.Nullable;

/** The secrets do not fit the store, or cannot be had. The message tells the operator what to do, and shows no secret. */
public final class SecretException extends RuntimeException {
    public SecretException(String message) {
        super(message);
    }

    public SecretException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
