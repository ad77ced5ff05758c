// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.WindowKeys;
import java.time.InstantSource;

/** A store that is open, with the keys to it. */
record OpenStore(OpenDatabase database, Keyring keyring, WindowKeys windows) implements AutoCloseable {

    /**
     * Opens the store of a configuration.
     *
     * @throws dev.carillon.server.secret.SecretException when the master secret does not open it
     * @throws dev.carillon.server.ledger.StoreException when the database cannot be opened
     */
    static OpenStore open(ServerConfig config, InstantSource clock) {
        OpenDatabase database = OpenDatabase.open(config.dataDir(), config.databaseUrl());
        try {
            MasterSecretSource master =
                    new MasterSecretSource(config.masterSecret().map(secret -> secret.value()), config.dataDir());
            Keyring keyring = Keyring.load(database, master, clock);
            return new OpenStore(database, keyring, WindowKeys.load(database, keyring, clock.instant()));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
