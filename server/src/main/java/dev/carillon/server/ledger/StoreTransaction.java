// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * The statements of one write transaction. Each is one set-based statement (or, embedded, one prepared loop). What is written
 * may reach the engine only with the commit, and fail only there.
 */
public interface StoreTransaction {

    /**
     * Loads rows and keeps them locked against other writers until the transaction ends. Rows are locked kind by kind in the
     * order of {@link RowKind}, and in key order within a kind; who loads in that order over all of a transaction and waits,
     * never waits in a circle.
     *
     * @param wait whether to wait for rows that another transaction has locked; if not, they make this one void
     *     ({@link StoreConflictException}). For rows out of order.
     * @return the bodies of those keys that exist; kinds of which none exist may be missing
     */
    Map<RowKind, Map<UUID, byte[]>> load(Map<RowKind, ? extends Collection<UUID>> keys, boolean wait);

    /** Loads rows of one kind, and waits for those that are locked. */
    default Map<UUID, byte[]> load(RowKind kind, Collection<UUID> keys) {
        return load(Map.of(kind, keys), true).getOrDefault(kind, Map.of());
    }

    /** Adds rows that do not exist; the transaction is void ({@link StoreConflictException}) if one does. */
    void insert(RowKind kind, Collection<Row> rows);

    /** Replaces rows that were loaded in this transaction. */
    void update(RowKind kind, Collection<Row> rows);

    /** Removes rows; those that do not exist are ignored. */
    void delete(RowKind kind, Collection<UUID> keys);

    /** Adds items to the outbox. */
    void enqueue(Collection<OutboxItem> items);

    /** Removes finished items from the outbox; those that do not exist are ignored. */
    void complete(Collection<UUID> ids);

    /** Adds entries to accounts' books. */
    void post(Collection<BalanceEntry> entries);

    /** Adds to what audiences are to be told: at most one announcement for each audience of a verification. */
    void announce(Collection<Announcement> announcements);
}
