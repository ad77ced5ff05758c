// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import org.jspecify.annotations.Nullable;

/** The engine failed: unreachable, disk full, corrupt. What was being written was not written, but for {@link CommitUnknownException}. */
public class StoreException extends RuntimeException {
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
