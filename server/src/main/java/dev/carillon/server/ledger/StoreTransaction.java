// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** The statements of one write transaction. Each is one set-based statement (or, embedded, one prepared loop). */
public interface StoreTransaction {

    /**
     * Loads rows and keeps them locked against other writers until the transaction ends. Rows are locked in key order;
     * callers load kinds in the order of {@link RowKind}, so that no two transactions wait for each other in a circle.
     *
     * @return the bodies of those keys that exist
     */
    Map<UUID, byte[]> load(RowKind kind, Collection<UUID> keys);

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
}
