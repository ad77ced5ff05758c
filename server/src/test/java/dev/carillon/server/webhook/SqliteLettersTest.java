// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.server.ledger.jdbc.OpenDatabase;
import java.util.Optional;

class SqliteLettersTest extends LettersContract {
    @Override
    OpenDatabase open() {
        return OpenDatabase.open(folder, Optional.empty());
    }
}
