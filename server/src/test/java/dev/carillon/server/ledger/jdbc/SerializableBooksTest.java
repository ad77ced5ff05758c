// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.BooksContract;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.testing.PostgresServer;

/** Ledgers on several nodes, whose batches fail to be serialized again and again. */
final class SerializableBooksTest extends BooksContract {
    private final String url = PostgresServer.shared().createDatabase();

    @Override
    protected Store open() {
        return ForcedConflicts.open(url).store();
    }
}
