// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Plain SQL for what is read and written seldom: accounts, keys, lists. Everything hot goes through {@link Store}. The
 * statements must be ones that every engine understands. Safe for use by several threads.
 */
public interface Database {

    /**
     * Runs {@code work} in one durable transaction on its own connection: committed and forced to disk when this returns,
     * rolled back when {@code work} throws.
     *
     * @throws StoreConflictException when another writer made the transaction void; the same work may be run again
     * @throws StoreException for any other failure of the engine
     */
    <T> T transaction(SqlWork<T> work);

    /** What runs inside the transaction; it neither commits nor closes the connection. */
    @FunctionalInterface
    interface SqlWork<T> {
        T run(Connection connection) throws SQLException;
    }
}
