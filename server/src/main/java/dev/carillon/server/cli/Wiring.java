// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ServerConfig;
import java.time.Duration;

/** What the commands need from the rest of the program; the only door out of this package. */
public interface Wiring {
    /** Opens the store for one command. */
    Administration administration(ServerConfig config);

    /**
     * Opens the connections for one command.
     *
     * @throws dev.carillon.server.config.ConfigException naming what is wrong with them
     */
    Connections connections(ServerConfig config);

    /** Copies of the store in the data folder; opens nothing yet. */
    Backups backups(ServerConfig config);

    /** Starts the server; returns when it answers. */
    Service service(ServerConfig config);

    /**
     * Lets a server run; what {@code serve} does once it has started.
     *
     * @param limit how long it may take to close
     * @param ready says that it can be used, and stopped
     * @throws Exception when the server is to end with a failure
     */
    default void keep(Service service, Duration limit, Runnable ready) throws Exception {
        Serving.untilSignal(service, limit, ready);
    }
}
