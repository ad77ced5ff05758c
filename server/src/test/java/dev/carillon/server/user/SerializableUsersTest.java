// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import dev.carillon.server.ledger.jdbc.ForcedConflicts;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.testing.PostgresServer;

/** In SERIALIZABLE transactions, of which one in a few fails. */
class SerializableUsersTest extends UsersContract {
    private final String url = PostgresServer.shared().createDatabase();

    @Override
    OpenDatabase open() {
        return ForcedConflicts.open(url);
    }
}
