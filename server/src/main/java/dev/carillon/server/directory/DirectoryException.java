// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

/** An operator asked for something that cannot be done. The message says what and why, and changes were not made. */
public final class DirectoryException extends RuntimeException {
    public DirectoryException(String message) {
        super(message);
    }
}
