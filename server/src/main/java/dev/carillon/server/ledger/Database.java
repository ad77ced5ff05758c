// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Plain SQL for what is read and written seldom: accounts, keys, lists. Everything hot goes through {@link Store}. The
 * statements must be ones that every engine understands. Safe for use by several threads.
 */
public interface Database {

    /**
     * Runs {@code work} in one durable transaction on its own connection: committed and forced to disk when this returns,
     * rolled back when {@code work} throws.
     * On SQLite it waits its turn behind the ledger's batches, so keep it short.
     *
     * @throws StoreConflictException when another writer made the transaction void; the same work may be run again
     * @throws StoreException for any other failure of the engine
     */
    <T extends @Nullable Object> T write(SqlWork<T> work);

    /**
     * Runs {@code work}, which changes nothing, in one transaction that never waits for a writer.
     *
     * @throws StoreException when the engine fails
     */
    <T extends @Nullable Object> T read(SqlWork<T> work);

    /** What runs inside the transaction; it neither commits nor closes the connection. */
    @FunctionalInterface
    interface SqlWork<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }
}
