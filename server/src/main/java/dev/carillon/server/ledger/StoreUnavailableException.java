// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import org.jspecify.annotations.Nullable;

/** The engine cannot be reached or takes nothing at the moment. Nothing was done; the same request may come again. */
public final class StoreUnavailableException extends StoreException {
    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
