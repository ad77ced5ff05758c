// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** An account as it is stored. */
record AccountRow(UUID id, String name, String status, String policy, long createdAt) {
    static final String SELECT = "SELECT id, name, status, policy, created_at FROM account";
    static final String ACTIVE = "active";
    static final String SUSPENDED = "suspended";

    static AccountRow read(ResultSet row) throws SQLException {
        return new AccountRow(
                UUID.fromString(row.getString(1)),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5));
    }

    /**
     * The account; any status but active is as good as suspended.
     *
     * @throws IllegalArgumentException when this version of the program does not understand the row
     */
    Account account() {
        return new Account(id, name, !status.equals(ACTIVE), PolicyJson.read(policy), Instant.ofEpochMilli(createdAt));
    }
}
