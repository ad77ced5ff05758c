// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import org.jspecify.annotations.Nullable;

/** Another writer, or the loss of the connection before the commit, made the transaction void; the same work may be run again. */
public final class StoreConflictException extends StoreException {
    public StoreConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
