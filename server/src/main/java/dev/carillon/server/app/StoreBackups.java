// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.cli.Backups;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.jdbc.SqliteBackup;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecret;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.SecretException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Backups of the file store, each of which is known to open with the master secret before it is there. */
final class StoreBackups implements Backups {
    private final ServerConfig config;

    StoreBackups(ServerConfig config) {
        this.config = config;
    }

    @Override
    public Copy make(Path file) {
        requireFileStore();
        return explained(() -> {
            // Said before it is asked for a secret.
            SqliteBackup.requireStore(config.dataDir());
            MasterSecret master =
                    source().find().orElseThrow(() -> noSecret("put its master.key into the data folder"));
            return copy(SqliteBackup.make(config.dataDir(), file, database -> Keyring.requireOpens(database, master)));
        });
    }

    @Override
    public Copy restore(Path file, Optional<Path> masterKey) {
        requireFileStore();
        return explained(() -> {
            MasterSecretSource source = source();
            Optional<MasterSecret> present = source.find();
            Optional<MasterSecret> given = masterKey.map(StoreBackups::read);
            if (given.isPresent() && present.isPresent() && !given.equals(present)) {
                throw new SecretException("--master-key differs from the master secret in " + source
                        + ", which a server would take: leave one of them out");
            }
            MasterSecret master = given.or(() -> present)
                    .orElseThrow(() -> noSecret("give --master-key, or put its master.key into the data folder"));
            SqliteBackup.Contents info =
                    SqliteBackup.restore(file, config.dataDir(), database -> Keyring.requireOpens(database, master));
            if (present.isEmpty()) {
                MasterSecret _ = source.keep(master);
            }
            return copy(info);
        });
    }

    private static MasterSecret read(Path file) {
        try {
            return MasterSecret.parse(Files.readString(file));
        } catch (IOException e) {
            throw new SecretException("the master key " + file + " cannot be read: " + e, e);
        }
    }

    private MasterSecretSource source() {
        return new MasterSecretSource(config.masterSecret().map(secret -> secret.value()), config.dataDir());
    }

    private static SecretException noSecret(String remedy) {
        return new SecretException("without its master secret a backup is worth nothing: " + remedy + ", or set "
                + MasterSecretSource.VARIABLE);
    }

    private void requireFileStore() {
        if (config.databaseUrl().isPresent()) {
            throw new AdministrationException(
                    "the store is PostgreSQL, which has better tools: pg_basebackup with archiving, or pg_dump (see"
                            + " docs/backup.md)");
        }
    }

    private static Copy copy(SqliteBackup.Contents info) {
        return new Copy(info.schemaVersion(), info.bytes());
    }

    private static Copy explained(Supplier<Copy> work) {
        try {
            return work.get();
        } catch (SecretException | StoreException e) {
            throw new AdministrationException(String.valueOf(e.getMessage()), e);
        }
    }
}
