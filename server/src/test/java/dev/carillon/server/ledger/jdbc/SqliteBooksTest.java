// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.BooksContract;
import dev.carillon.server.ledger.Store;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

final class SqliteBooksTest extends BooksContract {

    @TempDir
    Path dataDir;

    @Override
    protected Store open() {
        return OpenDatabase.open(dataDir, Optional.empty()).store();
    }
}
