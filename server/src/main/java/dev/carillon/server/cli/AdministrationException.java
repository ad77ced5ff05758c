// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

/** A command that cannot be done. The message is for the operator and is all that is printed. */
public final class AdministrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AdministrationException(String message) {
        super(message);
    }

    public AdministrationException(String message, Throwable cause) {
        super(message, cause);
    }
}
