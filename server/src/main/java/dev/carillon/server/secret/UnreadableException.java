// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

/** A sealed blob was changed, cut, moved to another place, or never was one. Nothing of its content is known. */
public final class UnreadableException extends RuntimeException {
    public UnreadableException(String message) {
        super(message);
    }
}
