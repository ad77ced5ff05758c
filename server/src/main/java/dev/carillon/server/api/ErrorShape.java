// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

/** How a contract words the errors that HTTP itself raises. Thread-safe. */
@FunctionalInterface
public interface ErrorShape {
    /**
     * The answer for a status that is no business of the contract: 400, 404, 405, 500, 503 and what else goes wrong below it.
     *
     * @param message for the caller
     */
    Answer of(int status, String message);
}
