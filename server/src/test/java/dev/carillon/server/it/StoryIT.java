// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import org.junit.jupiter.api.Nested;

/** Everything that a customer and an operator do, on each store: {@link StoryContract}. */
class StoryIT {
    @Nested
    class OnSqlite extends StoryContract {
        OnSqlite() {
            super(Engine.SQLITE);
        }
    }

    @Nested
    class OnPostgresql extends StoryContract {
        OnPostgresql() {
            super(Engine.POSTGRESQL);
        }
    }
}
