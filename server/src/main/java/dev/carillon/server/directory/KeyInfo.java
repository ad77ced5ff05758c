// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of an API key, which is all but the key.
 *
 * @param id names the key to the operator; proves nothing
 * @param label what it is for, in the operator's words
 * @param revokedAt since when it is refused; empty: it is good
 */
public record KeyInfo(UUID id, UUID account, Optional<String> label, Instant createdAt, Optional<Instant> revokedAt) {
    static final String SELECT = "SELECT id, account, label, created_at, revoked_at FROM api_key";

    static KeyInfo read(ResultSet row) throws SQLException {
        long revokedAt = row.getLong(5);
        boolean good = row.wasNull();
        return new KeyInfo(
                UUID.fromString(row.getString(1)),
                UUID.fromString(row.getString(2)),
                Optional.ofNullable(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4)),
                good ? Optional.empty() : Optional.of(Instant.ofEpochMilli(revokedAt)));
    }
}
