// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static java.util.Objects.requireNonNull;

import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** The hot rows in PostgreSQL, shared by any number of nodes. */
final class PostgresStore implements Store, ExpirySweep.Table {

    /** The inner query is materialized, or the planner could run it again for each row, and lease more than asked for. */
    private static final String LEASE = """
            WITH due AS MATERIALIZED (
                SELECT id, due_at FROM outbox WHERE due_at <= ? ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
            UPDATE outbox AS o SET due_at = ? FROM due WHERE o.id = due.id
            RETURNING o.id, o.verification, o.attempt, o.kind, due.due_at
            """;

    /** What is locked is being finished by the ledger, which must not have to wait in a circle. */
    private static final String RENEW = """
            WITH mine AS MATERIALIZED (
                SELECT id FROM outbox WHERE id = ANY(?) AND kind = ? FOR UPDATE SKIP LOCKED)
            UPDATE outbox AS o SET due_at = ? FROM mine WHERE o.id = mine.id
            """;

    private final PostgresDatabase database;
    private final Partitions partitions;
    private final PostgresEntries entries;
    private final Map<RowKind, SharedReads> reads = reads();
    private final ExpirySweep sweep = new ExpirySweep(this);
    private final ReentrantLock maintenance = new ReentrantLock();

    PostgresStore(PostgresDatabase database) {
        this.database = database;
        this.entries = new PostgresEntries(database);
        this.partitions = new Partitions(database);
    }

    @Override
    public <T> T write(Work<T> work) {
        try {
            return database.inTransaction(connection -> {
                PostgresTransaction transaction = new PostgresTransaction(connection, partitions);
                try {
                    T result = work.run(transaction);
                    transaction.requireWhole();
                    transaction.commit();
                    return result;
                } finally {
                    transaction.end();
                }
            });
        } catch (StoreException e) {
            if (Failures.isConnectionLost(e)) {
                throw new StoreConflictException("the connection to the database was lost before the commit", e);
            }
            if (Failures.isMissingTable(e)) {
                // Another node has dropped a partition; from here on its rows are looked for in the table as a whole.
                partitions.forget();
                throw new StoreConflictException("a partition is gone", e);
            }
            throw e;
        }
    }

    @Override
    public Optional<byte[]> read(RowKind kind, UUID key) {
        return requireNonNull(reads.get(kind)).read(key);
    }

    private Map<RowKind, SharedReads> reads() {
        Map<RowKind, SharedReads> all = new EnumMap<>(RowKind.class);
        for (RowKind kind : RowKind.values()) {
            all.put(kind, new SharedReads(keys -> read(kind, keys)));
        }
        return all;
    }

    private Map<UUID, byte[]> read(RowKind kind, Set<UUID> keys) {
        try {
            return readFromTables(kind, keys);
        } catch (StoreException e) {
            if (!Failures.isMissingTable(e)) {
                throw e;
            }
            // Another node has dropped a partition: from here on its rows are looked for in the table as a whole.
            partitions.forget();
            return readFromTables(kind, keys);
        }
    }

    private Map<UUID, byte[]> readFromTables(RowKind kind, Set<UUID> keys) {
        Map<String, List<UUID>> byTable = keys.stream().collect(Collectors.groupingBy(key -> table(kind, key)));
        return database.onConnection(connection -> {
            Map<UUID, byte[]> found = new HashMap<>();
            for (Map.Entry<String, List<UUID>> table : byTable.entrySet()) {
                try (PreparedStatement select = connection.prepareStatement(
                        "SELECT key, body FROM " + table.getKey() + " WHERE key = ANY(?)")) {
                    select.setObject(1, new UuidArray(table.getValue()));
                    try (ResultSet rows = select.executeQuery()) {
                        while (rows.next()) {
                            found.put(rows.getObject(1, UUID.class), rows.getBytes(2));
                        }
                    }
                }
            }
            return found;
        });
    }

    private String table(RowKind kind, UUID key) {
        return kind == RowKind.VERIFICATION ? partitions.table(key) : Tables.name(kind);
    }

    @Override
    public List<OutboxItem> lease(Instant now, Instant leaseUntil, int limit) {
        record Leased(OutboxItem item, long wasDue) {}
        List<Leased> leased = database.onConnection(connection -> {
            List<Leased> found = new ArrayList<>();
            try (PreparedStatement update = connection.prepareStatement(LEASE)) {
                update.setLong(1, now.toEpochMilli());
                update.setInt(2, limit);
                update.setLong(3, leaseUntil.toEpochMilli());
                try (ResultSet rows = update.executeQuery()) {
                    while (rows.next()) {
                        OutboxItem item = new OutboxItem(
                                rows.getObject(1, UUID.class),
                                rows.getObject(2, UUID.class),
                                rows.getInt(3),
                                OutboxItem.Kind.of(rows.getInt(4)),
                                leaseUntil);
                        found.add(new Leased(item, rows.getLong(5)));
                    }
                }
            }
            return found;
        });
        return leased.stream()
                .sorted(Comparator.comparingLong(Leased::wasDue))
                .map(Leased::item)
                .toList();
    }

    @Override
    public void renew(Collection<UUID> ids, Instant leaseUntil) {
        int _ = database.onConnection(connection -> {
            try (PreparedStatement update = connection.prepareStatement(RENEW)) {
                update.setObject(1, new UuidArray(ids));
                update.setInt(2, OutboxItem.Kind.SEND.code());
                update.setLong(3, leaseUntil.toEpochMilli());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public Optional<Duration> oldestDue(Instant now) {
        return database.onConnection(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT due_at FROM outbox WHERE due_at <= ? ORDER BY due_at LIMIT 1")) {
                select.setLong(1, now.toEpochMilli());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next()
                            ? Optional.of(Duration.ofMillis(now.toEpochMilli() - rows.getLong(1)))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public BookRows books() {
        return entries.books();
    }

    @Override
    public List<BalanceEntry> entries(UUID account, int limit) {
        return entries.list(account, limit);
    }

    @Override
    public boolean maintain(Instant now, Duration retention) {
        if (!maintenance.tryLock()) {
            return false;
        }
        try {
            boolean morePartitions = partitions.step(now, retention);
            boolean moreExpired = sweep.step(now, retention);
            boolean moreEntries = entries.fold(now.minus(retention));
            return morePartitions || moreExpired || moreEntries;
        } finally {
            maintenance.unlock();
        }
    }

    @Override
    public List<ExpirySweep.Expiry> page(RowKind kind, UUID after, int limit) {
        return database.onConnection(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT key, expires_at FROM " + Tables.name(kind) + " WHERE key > ? ORDER BY key LIMIT ?")) {
                select.setObject(1, after);
                select.setInt(2, limit);
                List<ExpirySweep.Expiry> page = new ArrayList<>(limit);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        page.add(new ExpirySweep.Expiry(rows.getObject(1, UUID.class), rows.getLong(2)));
                    }
                }
                return page;
            }
        });
    }

    /** Rows that a writer has locked are left for the next round: no writer waits for housekeeping, nor it for them. */
    @Override
    public void deleteExpired(RowKind kind, List<UUID> keys, long now) {
        String table = Tables.name(kind);
        database.onConnection(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("WITH dead AS MATERIALIZED (SELECT key FROM "
                    + table + " WHERE key = ANY(?) AND expires_at <= ? FOR UPDATE SKIP LOCKED) DELETE FROM " + table
                    + " AS t USING dead WHERE t.key = dead.key")) {
                delete.setArray(1, connection.createArrayOf("uuid", keys.toArray()));
                delete.setLong(2, now);
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public boolean isReachable() {
        try {
            return database.onConnection(connection -> {
                try (PreparedStatement select = connection.prepareStatement("SELECT NOT pg_is_in_recovery()");
                        ResultSet rows = select.executeQuery()) {
                    return rows.next() && rows.getBoolean(1);
                }
            });
        } catch (StoreException e) {
            return false;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
