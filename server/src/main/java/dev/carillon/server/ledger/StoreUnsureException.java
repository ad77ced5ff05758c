// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The engine failed in a way that does not tell whether what was being written is written: a connection can break between the commit and the word
 * of it. To do it again could do it twice.
 */
public final class StoreUnsureException extends StoreException {
    public StoreUnsureException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
