// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.config.log.Logging;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** A whole server on free ports with data of its own, which are gone when it is closed. Reads nothing of the operator's. */
final class TemporaryServer implements AutoCloseable {
    private final TemporaryFolder data;
    private final ServerConfig config;
    private final Service service;

    private TemporaryServer(TemporaryFolder data, ServerConfig config, Service service) {
        this.data = data;
        this.config = config;
        this.service = service;
    }

    static TemporaryServer start(Wiring wiring) throws IOException {
        TemporaryFolder data = TemporaryFolder.make();
        ServerConfig config = ConfigLoader.load(
                Map.of(
                        "data", data.path().toString(),
                        "host", "127.0.0.1",
                        "port", "0",
                        "admin-host", "127.0.0.1",
                        "admin-port", "0",
                        "log-format", "json"),
                Optional.empty(),
                Map.of());
        Logging.quiet();
        return new TemporaryServer(data, config, wiring.service(config));
    }

    ServerConfig config() {
        return config;
    }

    Service service() {
        return service;
    }

    @Override
    public void close() throws IOException {
        service.close();
        data.close();
    }
}
