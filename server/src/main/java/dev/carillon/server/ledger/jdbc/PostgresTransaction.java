// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;

/**
 * One set-based statement per call: a row at a time, the round trips would cost ten times the work.
 *
 * <p>Rows are locked in key order by {@code FOR UPDATE} below the {@code ORDER BY}. Where a statement joins the rows with
 * its parameters, {@code key = ANY(?)} repeats the keys, since the planner prunes partitions by that but not by a join.
 */
final class PostgresTransaction extends JdbcTransaction {

    /** The statements of one kind of rows. Its parameters: {@link #bind}. */
    record Sql(String select, String insert, String update, String delete) {
        static Sql of(RowKind kind) {
            String table = Tables.name(kind);
            boolean expires = kind != RowKind.VERIFICATION;
            return new Sql(
                    "SELECT key, body FROM " + table + " WHERE key = ANY(?) ORDER BY key FOR UPDATE",
                    expires
                            ? "INSERT INTO " + table + " (key, body, expires_at)"
                                    + " SELECT * FROM unnest(?::uuid[], ?::bytea[], ?::bigint[])"
                            : "INSERT INTO " + table + " (key, body) SELECT * FROM unnest(?::uuid[], ?::bytea[])",
                    expires
                            ? "UPDATE " + table + " AS t SET body = n.body, expires_at = n.expires_at"
                                    + " FROM unnest(?::uuid[], ?::bytea[], ?::bigint[]) AS n (key, body, expires_at)"
                                    + " WHERE t.key = n.key"
                            : "UPDATE " + table + " AS t SET body = n.body"
                                    + " FROM unnest(?::uuid[], ?::bytea[]) AS n (key, body)"
                                    + " WHERE t.key = n.key AND t.key = ANY(?)",
                    "WITH locked AS MATERIALIZED (SELECT key FROM " + table
                            + " WHERE key = ANY(?) ORDER BY key FOR UPDATE) DELETE FROM " + table
                            + " AS t USING locked WHERE t.key = locked.key AND t.key = ANY(?)");
        }
    }

    private static final Map<RowKind, Sql> SQL = new EnumMap<>(RowKind.class);

    static {
        for (RowKind kind : RowKind.values()) {
            SQL.put(kind, Sql.of(kind));
        }
    }

    private final Connection connection;

    PostgresTransaction(Connection connection) {
        this.connection = connection;
    }

    static Sql sql(RowKind kind) {
        return Objects.requireNonNull(SQL.get(kind));
    }

    @Override
    Map<UUID, byte[]> loadSorted(RowKind kind, List<UUID> keys) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql(kind).select())) {
            select.setArray(1, uuids(keys));
            Map<UUID, byte[]> found = HashMap.newHashMap(keys.size());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getObject(1, UUID.class), rows.getBytes(2));
                }
            }
            return found;
        }
    }

    @Override
    void insertSorted(RowKind kind, List<Row> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql(kind).insert())) {
            bind(insert, kind, rows);
            insert.executeUpdate();
        }
    }

    @Override
    int updateSorted(RowKind kind, List<Row> rows) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql(kind).update())) {
            bind(update, kind, rows);
            if (kind == RowKind.VERIFICATION) {
                update.setArray(3, array("uuid", rows, Row::key));
            }
            return update.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, RowKind kind, List<Row> rows) throws SQLException {
        statement.setArray(1, array("uuid", rows, Row::key));
        statement.setArray(
                2,
                connection.createArrayOf("bytea", rows.stream().map(Row::body).toArray(byte[][]::new)));
        if (kind != RowKind.VERIFICATION) {
            statement.setArray(3, array("int8", rows, row -> row.expiresAt().toEpochMilli()));
        }
    }

    @Override
    void deleteSorted(RowKind kind, List<UUID> keys) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql(kind).delete())) {
            delete.setArray(1, uuids(keys));
            delete.setArray(2, uuids(keys));
            delete.executeUpdate();
        }
    }

    @Override
    void insertItems(List<OutboxItem> items) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO outbox (id, verification, attempt, kind, due_at)"
                        + " SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::bigint[])")) {
            insert.setArray(1, array("uuid", items, OutboxItem::id));
            insert.setArray(2, array("uuid", items, OutboxItem::verification));
            insert.setArray(3, array("int4", items, OutboxItem::attempt));
            insert.setArray(4, array("int4", items, item -> item.kind().code()));
            insert.setArray(5, array("int8", items, item -> item.dueAt().toEpochMilli()));
            insert.executeUpdate();
        }
    }

    @Override
    void deleteItems(List<UUID> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM outbox WHERE id = ANY(?)")) {
            delete.setArray(1, uuids(ids));
            delete.executeUpdate();
        }
    }

    private Array uuids(Collection<UUID> keys) throws SQLException {
        return connection.createArrayOf("uuid", keys.toArray());
    }

    private <E> Array array(String type, List<E> elements, Function<E, Object> value) throws SQLException {
        return connection.createArrayOf(type, elements.stream().map(value).toArray());
    }
}
