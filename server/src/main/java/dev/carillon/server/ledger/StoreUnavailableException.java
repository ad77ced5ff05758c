// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import org.jspecify.annotations.Nullable;

/** No connection to the database was to be had in time, or it was lost in the middle; of a transaction nothing was committed. */
public final class StoreUnavailableException extends StoreException {
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
