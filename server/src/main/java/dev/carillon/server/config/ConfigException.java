// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

/** A setting that is unknown, malformed or impossible. The message names it and is for the operator. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    /** The message is for the operator, the cause for who looks for a defect. */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
