// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * Takes every connection for HTTP/1.1, for there is nothing else that it could be. Helidon's own selector closes one whose first line
 * is malformed, too long or of HTTP/1.0 without a word. It must be the only one: between several Helidon chooses by a connection's first bytes, for
 * which it waits without end.
 */
record OnlyHttp1(
        Http1ConnectionSelector http1, Listener.Settings settings, Crowd crowd, BoundedConnection.Doorman doorman)
        implements ServerConnectionSelector {
    @Override
    public int bytesToIdentifyConnection() {
        return 0;
    }

    @Override
    public Support supports(BufferData data) {
        return Support.SUPPORTED;
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new BoundedConnection(context, http1, settings, crowd, doorman);
    }
}
