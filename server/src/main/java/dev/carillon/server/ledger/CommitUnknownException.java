// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Whether a transaction was committed is not known: the connection broke between the commit and its answer, or the server confirmed it
 * without the standby that had to have it. The work must not be run again unasked: that would spend a second try of a code,
 * or refuse the code that it has just accepted.
 */
public final class CommitUnknownException extends StoreException {
    public CommitUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
