// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Inserts without a thought of durability, in transactions of many rows. */
final class SqliteTarget implements FillTarget {
    private static final int ROWS = 100_000;
    private static final int BATCH = 1_000;

    private final Connection connection;
    private @Nullable PreparedStatement insert;
    private boolean expires;
    private int added;

    SqliteTarget(Path file) throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute("PRAGMA synchronous = OFF");
        execute("PRAGMA cache_size = -262144");
        connection.setAutoCommit(false);
    }

    @Override
    public void prepare(Instant from, Instant to) {
        // One table holds all days.
    }

    @Override
    public void begin(String table) throws SQLException {
        expires = table.equals("number");
        insert = connection.prepareStatement(
                expires
                        ? "INSERT INTO number (key, body, expires_at) VALUES (?, ?, ?)"
                        : "INSERT INTO verification (key, body) VALUES (?, ?)");
    }

    @Override
    public void add(byte[] key, byte[] body, long expiresAt) throws SQLException {
        PreparedStatement row = requireNonNull(insert);
        row.setBytes(1, key);
        row.setBytes(2, body);
        if (expires) {
            row.setLong(3, expiresAt);
        }
        row.addBatch();
        added++;
        if (added % BATCH == 0) {
            row.executeBatch();
        }
        if (added % ROWS == 0) {
            connection.commit();
        }
    }

    @Override
    public void end() throws SQLException {
        try (PreparedStatement row = requireNonNull(insert)) {
            row.executeBatch();
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.setAutoCommit(true);
        execute("PRAGMA wal_checkpoint(TRUNCATE)");
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
