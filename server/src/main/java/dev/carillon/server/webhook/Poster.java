// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import java.util.Map;
import java.util.Optional;

/** Makes one request. */
interface Poster extends AutoCloseable {
    /**
     * Posts JSON and waits for the answer, for a bounded time.
     *
     * @return why it failed, fit to be shown to the customer; empty when the receiver took it
     */
    Optional<String> post(String url, Map<String, String> headers, byte[] body);

    @Override
    void close();
}
