// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreConflictException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Does again what failed to be serialized, as everybody does who uses a store: the ledger replays a batch, housekeeping and leasing come
 * round again. Conflicts of other kinds are told, since the contracts ask for them.
 */
record ReplayingStore(Store store) implements Store {
    private static final int ATTEMPTS = 100;

    private static <T> T again(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (StoreConflictException e) {
                if (attempt == ATTEMPTS || !(e.getCause() instanceof SQLException cause) || !isSerialization(cause)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isSerialization(SQLException failure) {
        return "40001".equals(failure.getSQLState());
    }

    @Override
    public <T> T write(Work<T> work) {
        return again(() -> store.write(work));
    }

    @Override
    public Optional<byte[]> read(RowKind kind, UUID key) {
        return again(() -> store.read(kind, key));
    }

    @Override
    public List<OutboxItem> lease(Instant now, Instant leaseUntil, int limit) {
        return again(() -> store.lease(now, leaseUntil, limit));
    }

    @Override
    public void renew(Collection<UUID> ids, Instant leaseUntil) {
        boolean _ = again(() -> {
            store.renew(ids, leaseUntil);
            return true;
        });
    }

    @Override
    public Optional<Duration> oldestDue(Instant now) {
        return again(() -> store.oldestDue(now));
    }

    @Override
    public BookRows books() {
        return again(store::books);
    }

    @Override
    public List<BalanceEntry> entries(UUID account, int limit) {
        return again(() -> store.entries(account, limit));
    }

    @Override
    public boolean maintain(Instant now, Duration retention) {
        return again(() -> store.maintain(now, retention));
    }

    @Override
    public boolean isReachable() {
        return store.isReachable();
    }

    @Override
    public void close() {
        store.close();
    }
}
