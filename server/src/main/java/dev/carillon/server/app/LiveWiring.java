// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.cli.Administration;
import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.cli.Backups;
import dev.carillon.server.cli.Connections;
import dev.carillon.server.cli.Service;
import dev.carillon.server.cli.Wiring;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.secret.SecretException;

/** The real thing. */
public final class LiveWiring implements Wiring {
    @Override
    public Administration administration(ServerConfig config) {
        try {
            return StoreAdministration.open(config);
        } catch (SecretException | StoreException e) {
            throw new AdministrationException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Connections connections(ServerConfig config) {
        return LiveConnections.open(config, ConnectionKinds.ALL);
    }

    @Override
    public Backups backups(ServerConfig config) {
        return new StoreBackups(config);
    }

    @Override
    public Service service(ServerConfig config) {
        try {
            return CarillonServer.start(config);
        } catch (SecretException | StoreException e) {
            throw new AdministrationException(String.valueOf(e.getMessage()), e);
        }
    }
}
