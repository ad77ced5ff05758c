// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.secret.TestDatabase;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SqliteUsersTest extends UsersContract {
    @Override
    OpenDatabase open() {
        return OpenDatabase.open(folder, Optional.empty());
    }

    @Test
    void theStoreHoldsNoNumberInClear() throws IOException {
        UUID environment = new UUID(5, 6);
        User user = users.signIn(environment, number(7)).user();
        assertThat(TestDatabase.holds(folder, TestDatabase.utf8(user.id().toString())))
                .isTrue();
        assertThat(TestDatabase.holds(
                        folder, TestDatabase.utf8(number(7).value().substring(1))))
                .isFalse();
    }
}
