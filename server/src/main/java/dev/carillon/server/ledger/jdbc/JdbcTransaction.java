// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Announcement;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.StoreTransaction;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the transactions of both engines share: rows in the order of the locks, failures in the terms of the contract, no
 * use after the end, and no commit once a statement failed, even if the work went on regardless.
 */
abstract class JdbcTransaction implements StoreTransaction {

    private @Nullable StoreException failure;
    private boolean ended;

    /** See {@link StoreTransaction#load(Map, boolean)}; the kinds are in order, and none is without keys. */
    abstract Map<RowKind, Map<UUID, byte[]>> loadSorted(Map<RowKind, List<UUID>> keys, boolean wait)
            throws SQLException;

    abstract void insertSorted(RowKind kind, List<Row> rows) throws SQLException;

    /** Returns how many rows there were. */
    abstract int updateSorted(RowKind kind, List<Row> rows) throws SQLException;

    abstract void deleteSorted(RowKind kind, List<UUID> keys) throws SQLException;

    abstract void insertItems(List<OutboxItem> items) throws SQLException;

    abstract void insertEntries(List<BalanceEntry> entries) throws SQLException;

    abstract void insertAnnouncements(List<Announcement> announcements) throws SQLException;

    abstract void deleteItems(List<UUID> ids) throws SQLException;

    @FunctionalInterface
    private interface Step<T> {
        T run() throws SQLException;
    }

    @Override
    public final Map<RowKind, Map<UUID, byte[]>> load(Map<RowKind, ? extends Collection<UUID>> keys, boolean wait) {
        Map<RowKind, List<UUID>> sorted = new EnumMap<>(RowKind.class);
        keys.forEach((kind, some) -> {
            if (!some.isEmpty()) {
                sorted.put(kind, Keys.sorted(some));
            }
        });
        return sorted.isEmpty() ? Map.of() : run(() -> loadSorted(sorted, wait));
    }

    @Override
    public final void insert(RowKind kind, Collection<Row> rows) {
        if (!rows.isEmpty()) {
            List<Row> sorted = Keys.sortedRows(rows);
            run(() -> {
                insertSorted(kind, sorted);
                return sorted.size();
            });
        }
    }

    @Override
    public final void update(RowKind kind, Collection<Row> rows) {
        if (!rows.isEmpty()) {
            List<Row> sorted = Keys.sortedRows(rows);
            int updated = run(() -> updateSorted(kind, sorted));
            if (updated != sorted.size()) {
                failure = new StoreException(
                        "of " + sorted.size() + " " + kind + " rows to update only " + updated + " exist", null);
                throw failure;
            }
        }
    }

    @Override
    public final void delete(RowKind kind, Collection<UUID> keys) {
        if (!keys.isEmpty()) {
            run(() -> {
                deleteSorted(kind, Keys.sorted(keys));
                return keys.size();
            });
        }
    }

    @Override
    public final void enqueue(Collection<OutboxItem> items) {
        if (!items.isEmpty()) {
            run(() -> {
                insertItems(List.copyOf(items));
                return items.size();
            });
        }
    }

    @Override
    public final void complete(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            run(() -> {
                deleteItems(Keys.sorted(ids));
                return ids.size();
            });
        }
    }

    @Override
    public final void post(Collection<BalanceEntry> entries) {
        if (!entries.isEmpty()) {
            List<BalanceEntry> sorted = entries.stream()
                    .sorted(Comparator.comparing(
                                    (BalanceEntry entry) -> entry.posting().account(), Keys.ORDER)
                            .thenComparing(BalanceEntry::id, Keys.ORDER))
                    .toList();
            run(() -> {
                insertEntries(sorted);
                return sorted.size();
            });
        }
    }

    @Override
    public final void announce(Collection<Announcement> announcements) {
        if (!announcements.isEmpty()) {
            List<Announcement> sorted = announcements.stream()
                    .sorted(Comparator.comparing(Announcement::verification).thenComparingInt(Announcement::audience))
                    .toList();
            run(() -> {
                insertAnnouncements(sorted);
                return sorted.size();
            });
        }
    }

    /** Called before the commit: a transaction of which a part failed must not be committed. */
    final void requireWhole() {
        if (failure != null) {
            throw failure;
        }
    }

    /** From here on every use is a mistake; on a shared connection it would reach into somebody else's transaction. */
    final void end() {
        ended = true;
    }

    private <T> T run(Step<T> step) {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
        requireWhole();
        try {
            return step.run();
        } catch (SQLException e) {
            failure = failed(e);
            throw failure;
        }
    }

    /** Translates; a place for an engine to note what the failure did to its connection. */
    StoreException failed(SQLException e) {
        return Failures.translate(e);
    }
}
