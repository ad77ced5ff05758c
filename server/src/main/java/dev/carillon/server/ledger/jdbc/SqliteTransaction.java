// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Announcement;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Prepared statements, row by row. */
final class SqliteTransaction extends JdbcTransaction {

    private record Sql(String select, String insert, String update, String delete) {
        static Sql of(RowKind kind) {
            String table = Tables.name(kind);
            boolean expires = kind != RowKind.VERIFICATION;
            return new Sql(
                    "SELECT body FROM " + table + " WHERE key = ?",
                    expires
                            ? "INSERT INTO " + table + " (body, expires_at, key) VALUES (?, ?, ?)"
                            : "INSERT INTO " + table + " (body, key) VALUES (?, ?)",
                    expires
                            ? "UPDATE " + table + " SET body = ?, expires_at = ? WHERE key = ?"
                            : "UPDATE " + table + " SET body = ? WHERE key = ?",
                    "DELETE FROM " + table + " WHERE key = ?");
        }
    }

    private static final Map<RowKind, Sql> SQL = new EnumMap<>(RowKind.class);

    static {
        for (RowKind kind : RowKind.values()) {
            SQL.put(kind, Sql.of(kind));
        }
    }

    private final SqliteSession session;

    SqliteTransaction(SqliteSession session) {
        this.session = session;
    }

    private static Sql sql(RowKind kind) {
        return Objects.requireNonNull(SQL.get(kind));
    }

    /** Whoever may write holds the whole database, so that there is nothing to wait for. */
    @Override
    Map<RowKind, Map<UUID, byte[]>> loadSorted(Map<RowKind, List<UUID>> keys, boolean wait) throws SQLException {
        Map<RowKind, Map<UUID, byte[]>> loaded = new EnumMap<>(RowKind.class);
        for (Map.Entry<RowKind, List<UUID>> kind : keys.entrySet()) {
            loaded.put(kind.getKey(), loadSorted(kind.getKey(), kind.getValue()));
        }
        return loaded;
    }

    private Map<UUID, byte[]> loadSorted(RowKind kind, List<UUID> keys) throws SQLException {
        Map<UUID, byte[]> found = HashMap.newHashMap(keys.size());
        PreparedStatement select = session.prepare(sql(kind).select());
        for (UUID key : keys) {
            select.setBytes(1, Keys.toBytes(key));
            try (ResultSet rows = select.executeQuery()) {
                if (rows.next()) {
                    found.put(key, rows.getBytes(1));
                }
            }
        }
        return found;
    }

    @Override
    void insertSorted(RowKind kind, List<Row> rows) throws SQLException {
        write(kind, sql(kind).insert(), rows);
    }

    @Override
    int updateSorted(RowKind kind, List<Row> rows) throws SQLException {
        return write(kind, sql(kind).update(), rows);
    }

    /** Insert and update take the same parameters in the same order. */
    private int write(RowKind kind, String sql, List<Row> rows) throws SQLException {
        PreparedStatement statement = session.prepare(sql);
        int written = 0;
        for (Row row : rows) {
            int parameter = 1;
            statement.setBytes(parameter++, row.body());
            if (kind != RowKind.VERIFICATION) {
                statement.setLong(parameter++, row.expiresAt().toEpochMilli());
            }
            statement.setBytes(parameter, Keys.toBytes(row.key()));
            written += statement.executeUpdate();
        }
        return written;
    }

    @Override
    void deleteSorted(RowKind kind, List<UUID> keys) throws SQLException {
        deleteEach(sql(kind).delete(), keys);
    }

    @Override
    void insertItems(List<OutboxItem> items) throws SQLException {
        PreparedStatement insert =
                session.prepare("INSERT INTO outbox (id, verification, attempt, kind, due_at) VALUES (?, ?, ?, ?, ?)");
        for (OutboxItem item : items) {
            insert.setBytes(1, Keys.toBytes(item.id()));
            insert.setBytes(2, Keys.toBytes(item.verification()));
            insert.setInt(3, item.attempt());
            insert.setInt(4, item.kind().code());
            insert.setLong(5, item.dueAt().toEpochMilli());
            insert.executeUpdate();
        }
    }

    @Override
    void insertEntries(List<BalanceEntry> entries) throws SQLException {
        SqliteEntries.insert(session, entries);
    }

    @Override
    void insertAnnouncements(List<Announcement> announcements) throws SQLException {
        PreparedStatement insert = session.prepare(
                Announcements.INSERT + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)" + Announcements.ON_CONFLICT);
        for (Announcement announcement : announcements) {
            insert.setString(1, announcement.verification().toString());
            insert.setInt(2, announcement.audience());
            insert.setString(3, announcement.account().toString());
            insert.setString(4, announcement.receiver().toString());
            insert.setInt(5, announcement.from());
            insert.setInt(6, announcement.upto());
            insert.setLong(7, announcement.at().toEpochMilli());
            insert.setLong(8, announcement.at().toEpochMilli());
            insert.executeUpdate();
        }
    }

    @Override
    void deleteItems(List<UUID> ids) throws SQLException {
        deleteEach("DELETE FROM outbox WHERE id = ?", ids);
    }

    private void deleteEach(String sql, List<UUID> keys) throws SQLException {
        PreparedStatement delete = session.prepare(sql);
        for (UUID key : keys) {
            delete.setBytes(1, Keys.toBytes(key));
            delete.executeUpdate();
        }
    }

    @Override
    StoreException failed(SQLException e) {
        if (!Failures.leavesStatementsUsable(e)) {
            session.forgetStatements();
        }
        return super.failed(e);
    }
}
