// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.Method;

/**
 * Where an endpoint is.
 *
 * @param path in full, such as {@code /v1/check}; when it ends with <code>/{}</code>, one more segment follows, whatever it is
 * @param name for the counters
 */
public record Route(Method method, String path, String name, Endpoint endpoint) {
    private static final String VARIABLE = "{}";

    boolean isVariable() {
        return path.endsWith(VARIABLE);
    }

    /** The path as far as it is fixed. */
    String prefix() {
        return isVariable() ? path.substring(0, path.length() - VARIABLE.length()) : path;
    }
}
