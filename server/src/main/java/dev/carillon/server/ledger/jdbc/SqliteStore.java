// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static java.util.Objects.requireNonNull;

import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The hot rows in SQLite. Statements are prepared once and run row by row: there is no round trip to save. Locks need no
 * thought, since a write transaction has the whole file to itself.
 */
final class SqliteStore implements Store, ExpirySweep.Table {
    private static final Map<RowKind, String> READS = reads();

    private final SqliteDatabase database;
    private final SqliteEntries entries;
    private final ExpirySweep sweep = new ExpirySweep(this);
    private final ReentrantLock maintenance = new ReentrantLock();

    SqliteStore(SqliteDatabase database) {
        this.database = database;
        this.entries = new SqliteEntries(database);
    }

    private static Map<RowKind, String> reads() {
        Map<RowKind, String> reads = new EnumMap<>(RowKind.class);
        for (RowKind kind : RowKind.values()) {
            reads.put(kind, "SELECT body FROM " + Tables.name(kind) + " WHERE key = ?");
        }
        return reads;
    }

    @Override
    public <T> T write(Work<T> work) {
        return database.inWriteTransaction(session -> {
            SqliteTransaction transaction = new SqliteTransaction(session);
            try {
                T result = work.run(transaction);
                transaction.requireWhole();
                return result;
            } finally {
                transaction.end();
            }
        });
    }

    @Override
    public Optional<byte[]> read(RowKind kind, UUID key) {
        return database.onReader(session -> {
            PreparedStatement select = session.prepare(requireNonNull(READS.get(kind)));
            select.setBytes(1, Keys.toBytes(key));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        });
    }

    @Override
    public List<OutboxItem> lease(Instant now, Instant leaseUntil, int limit) {
        if (oldestDue(now).isEmpty()) {
            return List.of(); // the common case must not disturb the writer
        }
        return database.inWriteTransaction(session -> {
            List<OutboxItem> items = new ArrayList<>();
            PreparedStatement select = session.prepare(
                    "SELECT id, verification, attempt, kind FROM outbox WHERE due_at <= ? ORDER BY due_at LIMIT ?");
            select.setLong(1, now.toEpochMilli());
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(new OutboxItem(
                            Keys.fromBytes(rows.getBytes(1)),
                            Keys.fromBytes(rows.getBytes(2)),
                            rows.getInt(3),
                            OutboxItem.Kind.of(rows.getInt(4)),
                            leaseUntil));
                }
            }
            PreparedStatement update = session.prepare("UPDATE outbox SET due_at = ? WHERE id = ?");
            for (OutboxItem item : items) {
                update.setLong(1, leaseUntil.toEpochMilli());
                update.setBytes(2, Keys.toBytes(item.id()));
                update.executeUpdate();
            }
            return List.copyOf(items);
        });
    }

    @Override
    public void renew(Collection<UUID> ids, Instant leaseUntil) {
        int _ = database.inWriteTransaction(session -> {
            PreparedStatement update = session.prepare("UPDATE outbox SET due_at = ? WHERE id = ? AND kind = ?");
            int renewed = 0;
            for (UUID id : ids) {
                update.setLong(1, leaseUntil.toEpochMilli());
                update.setBytes(2, Keys.toBytes(id));
                update.setInt(3, OutboxItem.Kind.SEND.code());
                renewed += update.executeUpdate();
            }
            return renewed;
        });
    }

    @Override
    public Optional<Duration> oldestDue(Instant now) {
        return database.onReader(session -> {
            PreparedStatement select =
                    session.prepare("SELECT due_at FROM outbox WHERE due_at <= ? ORDER BY due_at LIMIT 1");
            select.setLong(1, now.toEpochMilli());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(Duration.ofMillis(now.toEpochMilli() - rows.getLong(1)))
                        : Optional.empty();
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
            boolean moreVerifications = deleteVerificationsBefore(Keys.firstAt(now.minus(retention)));
            boolean moreExpired = sweep.step(now, retention);
            boolean moreEntries = entries.fold(now.minus(retention));
            return moreVerifications || moreExpired || moreEntries;
        } finally {
            maintenance.unlock();
        }
    }

    /** One bounded step; false when none is left. */
    private boolean deleteVerificationsBefore(UUID bound) {
        byte[] before = Keys.toBytes(bound);
        boolean any = database.onReader(session -> {
            PreparedStatement select = session.prepare("SELECT 1 FROM verification WHERE key < ? LIMIT 1");
            select.setBytes(1, before);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        });
        return any
                && database.inWriteTransaction(session -> {
                    PreparedStatement delete = session.prepare("DELETE FROM verification WHERE key IN "
                            + "(SELECT key FROM verification WHERE key < ? ORDER BY key LIMIT ?)");
                    delete.setBytes(1, before);
                    delete.setInt(2, ExpirySweep.PAGE);
                    return delete.executeUpdate() == ExpirySweep.PAGE;
                });
    }

    @Override
    public List<ExpirySweep.Expiry> page(RowKind kind, UUID after, int limit) {
        return database.onReader(session -> {
            List<ExpirySweep.Expiry> page = new ArrayList<>(limit);
            PreparedStatement select = session.prepare(
                    "SELECT key, expires_at FROM " + Tables.name(kind) + " WHERE key > ? ORDER BY key LIMIT ?");
            select.setBytes(1, Keys.toBytes(after));
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(new ExpirySweep.Expiry(Keys.fromBytes(rows.getBytes(1)), rows.getLong(2)));
                }
            }
            return page;
        });
    }

    @Override
    public void deleteExpired(RowKind kind, List<UUID> keys, long now) {
        database.inWriteTransaction(session -> {
            PreparedStatement delete =
                    session.prepare("DELETE FROM " + Tables.name(kind) + " WHERE key = ? AND expires_at <= ?");
            int deleted = 0;
            for (UUID key : keys) {
                delete.setBytes(1, Keys.toBytes(key));
                delete.setLong(2, now);
                deleted += delete.executeUpdate();
            }
            return deleted;
        });
    }

    @Override
    public boolean isReachable() {
        try {
            return database.onReader(session -> {
                try (ResultSet rows =
                        session.prepare("SELECT 1 FROM directory_version").executeQuery()) {
                    return rows.next();
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
