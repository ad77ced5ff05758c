// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An opened database, whichever engine it is, with its schema up to date.
 *
 * <p>The hot path goes through {@link #store()}. What is read and changed seldom (accounts, keys, lists) uses plain JDBC
 * in {@link #write} and {@link #read}, in SQL that both engines understand. Each call is one transaction. Safe for use by
 * several threads; a call must not be made inside another one of the same thread.
 */
public interface Database extends AutoCloseable {

    /** Work on a connection that is inside a transaction: no commit, rollback, close, or change of autocommit. */
    @FunctionalInterface
    interface SqlFunction<T extends @Nullable Object> {
        T apply(Connection connection) throws SQLException;
    }

    /**
     * Opens the database and migrates its schema if it is older than this program. Any number of processes may do so at
     * once.
     *
     * @param dataDir where the embedded database lives ({@code carillon.db}); made if it does not exist
     * @param databaseUrl a PostgreSQL server to use instead, see {@link PostgresUrl}
     * @throws StoreException when the database cannot be opened or migrated, or its schema is newer than this program
     * @throws IllegalArgumentException when {@code databaseUrl} is not one; the message does not repeat it
     */
    static Database open(Path dataDir, Optional<String> databaseUrl) {
        return databaseUrl.isPresent()
                ? PostgresDatabase.open(PostgresUrl.parse(databaseUrl.get()))
                : SqliteDatabase.open(dataDir);
    }

    /** The rows behind the ledger. Lives as long as this database; closing either closes both. */
    Store store();

    /**
     * Runs {@code work} in one write transaction, committed and forced to disk when this returns. On SQLite it waits its
     * turn behind the ledger's batches, so keep it short.
     *
     * @throws StoreConflictException when another writer made the transaction void, or a unique key exists already
     * @throws StoreException for any other failure of the engine; as always, nothing was written
     */
    <T extends @Nullable Object> T write(SqlFunction<T> work);

    /**
     * Runs {@code work} in one read-only transaction; it never waits for a writer.
     *
     * @throws StoreException when the engine fails
     */
    <T extends @Nullable Object> T read(SqlFunction<T> work);

    @Override
    void close();
}
