// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;

/** The rows of the window keys: minutes since 1970, each with a key sealed under the keyring. */
final class WindowKeyTable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Keyring keyring;

    WindowKeyTable(Keyring keyring) {
        this.keyring = keyring;
    }

    /**
     * Makes SQLite overwrite what is deleted or moved, in this transaction and all later ones of the connection. Without it, old
     * keys were found in the free space of pages. PostgreSQL has nothing like it.
     */
    void overwriteDeleted(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("SQLite")) {
            try (Statement pragma = connection.createStatement()) {
                pragma.execute("PRAGMA secure_delete = ON");
            }
        }
    }

    /** Deletes the keys before a minute. */
    void delete(Connection connection, int minute) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM window_key WHERE minute < ?")) {
            delete.setLong(1, minute);
            delete.executeUpdate();
        }
    }

    /** Makes the keys that are missing, in the order in which every node makes them, so that none waits in a circle. */
    void create(Connection connection, int first, int last) throws SQLException {
        Set<Integer> present = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT minute FROM window_key");
                ResultSet result = select.executeQuery()) {
            while (result.next()) {
                present.add(Math.toIntExact(result.getLong(1)));
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO window_key (minute, sealed) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            for (int minute = first; minute <= last; minute++) {
                if (present.contains(minute)) {
                    continue;
                }
                byte[] key = new byte[32];
                RANDOM.nextBytes(key);
                insert.setLong(1, minute);
                insert.setBytes(2, keyring.seal(key, context(minute)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** All keys as they are stored. */
    Map<Integer, byte[]> read(Connection connection) throws SQLException {
        Map<Integer, byte[]> rows = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT minute, sealed FROM window_key");
                ResultSet result = select.executeQuery()) {
            while (result.next()) {
                rows.put(Math.toIntExact(result.getLong(1)), result.getBytes(2));
            }
        }
        return rows;
    }

    /** Opens what {@link #read} read; outside the transaction, since the keyring may have to read its own table for it. */
    SecretKey open(int minute, byte[] row) {
        return Gcm.key(keyring.open(row, context(minute)));
    }

    private static byte[] context(int minute) {
        return ByteBuffer.allocate(16)
                .put("window_key:".getBytes(StandardCharsets.US_ASCII))
                .putInt(minute)
                .array();
    }
}
