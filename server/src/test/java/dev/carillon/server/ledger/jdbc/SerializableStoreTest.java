// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreContract;
import dev.carillon.server.testing.PostgresServer;
import org.junit.jupiter.api.AfterAll;

/** The whole contract in SERIALIZABLE transactions, of which one in a few fails: what a database that is spread over machines does. */
final class SerializableStoreTest extends StoreContract {
    private static final ForcedConflicts CONFLICTS = new ForcedConflicts();

    private final String url = PostgresServer.shared().createDatabase();

    @Override
    protected Store open() {
        return CONFLICTS.openDatabase(url).store();
    }

    @AfterAll
    static void everyKindOfFailureWasMet() {
        assertThat(CONFLICTS.statements()).isGreaterThan(50);
        assertThat(CONFLICTS.commits()).isGreaterThan(50);
    }
}
