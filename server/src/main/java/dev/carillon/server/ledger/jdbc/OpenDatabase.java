// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An opened database, whichever engine it is, with its schema up to date.
 *
 * <p>The hot path goes through {@link #store()}. What is read and changed seldom (accounts, keys, lists) uses plain JDBC
 * in {@link #write} and {@link #read}, in SQL that both engines understand. Each call is one transaction. Safe for use by
 * several threads; a call must not be made inside another one of the same thread.
 */
public interface OpenDatabase extends Database, AutoCloseable {

    /**
     * Opens the database and migrates its schema if it is older than this program. Any number of processes may do so at
     * once.
     *
     * @param dataDir where the embedded database lives ({@code carillon.db}); made if it does not exist
     * @param databaseUrl a PostgreSQL server to use instead, see {@link PostgresUrl}
     * @throws StoreException when the database cannot be opened or migrated, or its schema is newer than this program
     */
    static OpenDatabase open(Path dataDir, Optional<PostgresUrl> databaseUrl) {
        return databaseUrl.isPresent() ? PostgresDatabase.open(databaseUrl.get()) : SqliteDatabase.open(dataDir);
    }

    /** The rows behind the ledger. Lives as long as this database; closing either closes both. */
    Store store();

    @Override
    void close();
}
