// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.RowKind;
import java.util.Locale;

/** The names of the tables. */
final class Tables {

    private Tables() {}

    static String name(RowKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
