// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

/** A provider gave no answer that can be used; the message is for the operator and shows no number. */
public final class LookupFailedException extends Exception {
    private static final long serialVersionUID = 1;

    public LookupFailedException(String message) {
        super(message);
    }

    LookupFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
