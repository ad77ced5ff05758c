// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Where a server listens.
 *
 * @param host as the {@code Host} header says it
 */
record Endpoint(InetSocketAddress address, String host) {

    /** Reads {@code http://HOST:PORT}. */
    static Endpoint parse(String url) {
        URI uri = URI.create(url);
        String path = uri.getPath();
        if (!"http".equals(uri.getScheme())
                || uri.getHost() == null
                || !(path.isEmpty() || path.equals("/"))
                || uri.getQuery() != null) {
            throw new IllegalArgumentException("expected http://HOST:PORT, got " + url);
        }
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Endpoint(new InetSocketAddress(uri.getHost(), port), uri.getHost() + ":" + port);
    }
}
