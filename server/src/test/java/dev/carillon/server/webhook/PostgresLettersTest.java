// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.ledger.jdbc.PostgresUrl;
import dev.carillon.server.testing.PostgresServer;
import java.util.Optional;

class PostgresLettersTest extends LettersContract {
    private final String url = PostgresServer.shared().createDatabase();

    @Override
    OpenDatabase open() {
        return OpenDatabase.open(folder, Optional.of(PostgresUrl.parse(url)));
    }
}
