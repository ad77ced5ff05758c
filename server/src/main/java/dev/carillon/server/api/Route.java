// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.Method;

/**
 * Where an endpoint is.
 *
 * @param path in full, such as {@code /v1/check}; one segment of it may be <code>{}</code>, which stands for any that is not empty
 * @param name for the counters
 */
public record Route(Method method, String path, String name, Endpoint endpoint) {}
