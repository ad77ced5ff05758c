// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.BooksContract;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.testing.PostgresServer;
import java.nio.file.Path;
import java.util.Optional;

final class PostgresBooksTest extends BooksContract {

    private final String url = PostgresServer.shared().createDatabase();

    @Override
    protected Store open() {
        return OpenDatabase.open(Path.of("unused"), Optional.of(PostgresUrl.parse(url)))
                .store();
    }
}
