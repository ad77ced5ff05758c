// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ServerConfig;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** Stands in for the server until it is there: one route on each port. */
final class PlaceholderService implements Service {
    private static final String ADMIN = "admin";

    private final WebServer server;

    PlaceholderService(ServerConfig config) {
        server = WebServer.builder()
                .address(address(config.host()))
                .port(config.port())
                .shutdownHook(false)
                .putSocket(ADMIN, socket -> socket.address(address(config.adminHost()))
                        .port(config.adminPort())
                        .routing(routing -> routing.get("/health/live", (request, response) -> response.send("alive"))))
                .routing(routing -> routing.get("/health/live", (request, response) -> response.send("alive")))
                .build()
                .start();
        // start() throws nothing when a port cannot be taken.
        if (!server.isRunning()) {
            throw new AdministrationException("the web server did not start; the log says why");
        }
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new AdministrationException("the host " + host + " is not known", e);
        }
    }

    @Override
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public URI adminAddress() {
        return URI.create("http://127.0.0.1:" + server.port(ADMIN));
    }

    @Override
    public void close() {
        server.stop();
    }
}
