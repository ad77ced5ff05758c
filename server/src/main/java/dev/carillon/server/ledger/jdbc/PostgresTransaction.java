// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Announcement;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Set-based statements, one for a kind of rows and a kind of change: a row at a time, the round trips would cost ten times the
 * work. Writes wait for the commit and go with it in one {@link RoundTrip}, or earlier, when something is loaded.
 *
 * <p>Rows are locked in key order by {@code FOR UPDATE} below the {@code ORDER BY}. Verifications are looked for in the partition
 * of their day rather than through the partitioned table: such a statement is planned once, while one on the whole would be
 * planned anew each time for its keys, or would open every partition each time.
 */
final class PostgresTransaction extends JdbcTransaction {

    /** The statements on one table; the parameters of {@code insert} and {@code update} are those of {@link #columns}. */
    record Sql(String select, String insert, String update, String delete) {
        private static final Map<String, Sql> BY_TABLE = new ConcurrentHashMap<>();

        static Sql of(RowKind kind, String table) {
            return BY_TABLE.computeIfAbsent(table, _ -> make(kind, table));
        }

        private static Sql make(RowKind kind, String table) {
            boolean expires = kind != RowKind.VERIFICATION;
            String columns = expires ? "key, body, expires_at" : "key, body";
            String arrays = expires ? "?::uuid[], ?::bytea[], ?::bigint[]" : "?::uuid[], ?::bytea[]";
            return new Sql(
                    "SELECT key, body FROM " + table + " WHERE key = ANY(?) ORDER BY key FOR UPDATE",
                    "INSERT INTO " + table + " (" + columns + ") SELECT * FROM unnest(" + arrays + ")",
                    "UPDATE " + table + " AS t SET body = n.body" + (expires ? ", expires_at = n.expires_at" : "")
                            + " FROM unnest(" + arrays + ") AS n (" + columns + ") WHERE t.key = n.key",
                    "WITH locked AS MATERIALIZED (SELECT key FROM " + table
                            + " WHERE key = ANY(?) ORDER BY key FOR UPDATE) DELETE FROM " + table
                            + " AS t USING locked WHERE t.key = locked.key");
        }
    }

    private final Connection connection;
    private final Partitions partitions;
    private final RoundTrip writes = new RoundTrip();
    private final Map<RowKind, Set<UUID>> found = new EnumMap<>(RowKind.class);

    PostgresTransaction(Connection connection, Partitions partitions) {
        this.connection = connection;
        this.partitions = partitions;
    }

    @Override
    Map<RowKind, Map<UUID, byte[]>> loadSorted(Map<RowKind, List<UUID>> keys, boolean wait) throws SQLException {
        if (!writes.isEmpty()) {
            writes.run(connection);
        }
        Map<RowKind, Map<UUID, byte[]>> loaded = new EnumMap<>(RowKind.class);
        RoundTrip queries = new RoundTrip();
        keys.forEach((kind, sorted) -> {
            Map<UUID, byte[]> rows = HashMap.newHashMap(sorted.size());
            loaded.put(kind, rows);
            onTables(
                    kind,
                    sorted,
                    Function.identity(),
                    (sql, part) -> queries.query(
                            wait ? sql.select() : sql.select() + " NOWAIT",
                            row -> rows.put(row.getObject(1, UUID.class), row.getBytes(2)),
                            new UuidArray(part)));
        });
        queries.run(connection);
        loaded.forEach((kind, rows) -> found(kind).addAll(rows.keySet()));
        return loaded;
    }

    @Override
    void insertSorted(RowKind kind, List<Row> rows) {
        onTables(kind, rows, Row::key, (sql, part) -> writes.update(sql.insert(), columns(kind, part)));
        rows.forEach(row -> found(kind).add(row.key()));
    }

    /** Counts the rows that this transaction knows to exist; it has them locked, so that they cannot go. */
    @Override
    int updateSorted(RowKind kind, List<Row> rows) {
        onTables(kind, rows, Row::key, (sql, part) -> writes.update(sql.update(), columns(kind, part)));
        return (int)
                rows.stream().filter(row -> found(kind).contains(row.key())).count();
    }

    @Override
    void deleteSorted(RowKind kind, List<UUID> keys) {
        onTables(kind, keys, Function.identity(), (sql, part) -> writes.update(sql.delete(), new UuidArray(part)));
        found(kind).removeAll(keys);
    }

    @Override
    void insertItems(List<OutboxItem> items) {
        writes.update(
                "INSERT INTO outbox (id, verification, attempt, kind, due_at)"
                        + " SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::bigint[])",
                new UuidArray(items.stream().map(OutboxItem::id).toList()),
                new UuidArray(items.stream().map(OutboxItem::verification).toList()),
                items.stream().map(OutboxItem::attempt).toArray(Integer[]::new),
                items.stream().map(item -> item.kind().code()).toArray(Integer[]::new),
                items.stream().map(item -> item.dueAt().toEpochMilli()).toArray(Long[]::new));
    }

    @Override
    void insertEntries(List<BalanceEntry> entries) {
        PostgresEntries.insert(writes, entries);
    }

    @Override
    void insertAnnouncements(List<Announcement> announcements) {
        Long[] times =
                announcements.stream().map(one -> one.at().toEpochMilli()).toArray(Long[]::new);
        writes.update(
                Announcements.INSERT
                        + "SELECT a::text, b, c::text, d::text, e, f, g, h, 0"
                        + " FROM unnest(?::uuid[], ?::int[], ?::uuid[], ?::uuid[], ?::int[], ?::int[], ?::bigint[], ?::bigint[])"
                        + " AS t (a, b, c, d, e, f, g, h)"
                        + Announcements.ON_CONFLICT,
                new UuidArray(
                        announcements.stream().map(Announcement::verification).toList()),
                announcements.stream().map(Announcement::audience).toArray(Integer[]::new),
                new UuidArray(announcements.stream().map(Announcement::account).toList()),
                new UuidArray(announcements.stream().map(Announcement::receiver).toList()),
                announcements.stream().map(Announcement::from).toArray(Integer[]::new),
                announcements.stream().map(Announcement::upto).toArray(Integer[]::new),
                times,
                times);
    }

    @Override
    void deleteItems(List<UUID> ids) {
        writes.update("DELETE FROM outbox WHERE id = ANY(?)", new UuidArray(ids));
    }

    /** Writes what waits and commits, in one round trip; when a write fails, the server never comes to the commit. */
    void commit() throws SQLException {
        if (!writes.isEmpty()) {
            writes.update("COMMIT");
            Commit.run(connection, () -> writes.run(connection));
        }
    }

    /** Cuts elements, which are in key order, into those of each table, and keeps the order. */
    private <E> void onTables(RowKind kind, List<E> elements, Function<E, UUID> key, BiConsumer<Sql, List<E>> action) {
        if (kind != RowKind.VERIFICATION) {
            action.accept(Sql.of(kind, Tables.name(kind)), elements);
            return;
        }
        int from = 0;
        while (from < elements.size()) {
            String table = partitions.table(key.apply(elements.get(from)));
            int to = from + 1;
            while (to < elements.size()
                    && partitions.table(key.apply(elements.get(to))).equals(table)) {
                to++;
            }
            action.accept(Sql.of(kind, table), elements.subList(from, to));
            from = to;
        }
    }

    private static Object[] columns(RowKind kind, List<Row> rows) {
        List<Object> columns = new ArrayList<>();
        columns.add(new UuidArray(rows.stream().map(Row::key).toList()));
        columns.add(rows.stream().map(Row::body).toArray(byte[][]::new));
        if (kind != RowKind.VERIFICATION) {
            columns.add(rows.stream().map(row -> row.expiresAt().toEpochMilli()).toArray(Long[]::new));
        }
        return columns.toArray();
    }

    private Set<UUID> found(RowKind kind) {
        return found.computeIfAbsent(kind, _ -> new HashSet<>());
    }
}
