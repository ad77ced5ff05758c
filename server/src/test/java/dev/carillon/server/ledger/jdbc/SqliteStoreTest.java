// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreContract;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {

    @TempDir
    Path dataDir;

    @Override
    protected Store open() {
        return OpenDatabase.open(dataDir, Optional.empty()).store();
    }
}
