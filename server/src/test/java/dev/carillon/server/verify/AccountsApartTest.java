// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.ledger.Announcement;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreTransaction;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An account's rows are its own: accounts can be spread over stores, since nothing that one of them does reads or writes a row that
 * another one uses. Both accounts here do the same to the same number, from the same address and device.
 */
class AccountsApartTest {
    private static final UUID ONE = new UUID(0x4000L, 0x100);
    private static final UUID OTHER = new UUID(0x4000L, 0x200);

    @TempDir
    Path folder;

    @Test
    void twoAccountsShareNoRow() {
        Touched touched = new Touched();
        try (OpenDatabase database = OpenDatabase.open(folder, Optional.empty());
                VerifyTestBench bench = new VerifyTestBench(folder, touched.watch(database))) {
            AccountLife.live(bench, AccountLife.account(bench, ONE));
            Map<RowKind, Set<UUID>> ones = touched.take();
            Set<String> onesOthers = touched.takeOthers();
            AccountLife.live(bench, AccountLife.account(bench, OTHER));
            Map<RowKind, Set<UUID>> others = touched.take();

            Set<RowKind> met = new TreeSet<>(ones.keySet());
            assertThat(met)
                    .as("all kinds but that of lookups, which go through the same keyed hashes")
                    .containsExactlyInAnyOrder(
                            RowKind.REPLAY,
                            RowKind.NUMBER,
                            RowKind.REFERENCE,
                            RowKind.VERIFICATION,
                            RowKind.COUNTER,
                            RowKind.BALANCE);
            assertThat(others.keySet()).isEqualTo(ones.keySet());
            ones.forEach((kind, keys) ->
                    assertThat(others.get(kind)).as(kind.name()).isNotEmpty().doesNotContainAnyElementsOf(keys));
            assertThat(onesOthers).isNotEmpty();
            assertThat(touched.takeOthers()).isNotEmpty().doesNotContainAnyElementsOf(onesOthers);
        }
    }

    /** What transactions ask for and write. */
    private static final class Touched {
        private final Map<RowKind, Set<UUID>> rows = new EnumMap<>(RowKind.class);
        /** Items of the outbox, entries and announcements, by what they are found by. */
        private final Set<String> others = new HashSet<>();

        synchronized Map<RowKind, Set<UUID>> take() {
            Map<RowKind, Set<UUID>> taken = new EnumMap<>(rows);
            rows.clear();
            return taken;
        }

        synchronized Set<String> takeOthers() {
            Set<String> taken = Set.copyOf(others);
            others.clear();
            return taken;
        }

        private synchronized void touch(RowKind kind, Collection<UUID> keys) {
            if (!keys.isEmpty()) {
                rows.computeIfAbsent(kind, _ -> new HashSet<>()).addAll(keys);
            }
        }

        private synchronized void touchOther(String what) {
            others.add(what);
        }

        OpenDatabase watch(OpenDatabase database) {
            Store store = watch(database.store());
            return new OpenDatabase() {
                @Override
                public Store store() {
                    return store;
                }

                @Override
                public <T extends @Nullable Object> T write(Database.SqlWork<T> work) {
                    return database.write(work);
                }

                @Override
                public <T extends @Nullable Object> T read(Database.SqlWork<T> work) {
                    return database.read(work);
                }

                @Override
                public void close() {
                    database.close();
                }
            };
        }

        private Store watch(Store store) {
            return (Store) Proxy.newProxyInstance(
                    Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                        Object[] watched = arguments;
                        if (method.getName().equals("write")) {
                            Store.Work<?> work = (Store.Work<?>) arguments[0];
                            Store.Work<?> watching = tx -> work.run(new Watched(tx, this));
                            watched = new Object[] {watching};
                        } else if (method.getName().equals("read")) {
                            touch((RowKind) arguments[0], Set.of((UUID) arguments[1]));
                        }
                        try {
                            return method.invoke(store, watched);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    private record Watched(StoreTransaction tx, Touched touched) implements StoreTransaction {
        @Override
        public Map<RowKind, Map<UUID, byte[]>> load(Map<RowKind, ? extends Collection<UUID>> keys, boolean wait) {
            keys.forEach(touched::touch);
            return tx.load(keys, wait);
        }

        @Override
        public void insert(RowKind kind, Collection<Row> rows) {
            touched.touch(kind, rows.stream().map(Row::key).toList());
            tx.insert(kind, rows);
        }

        @Override
        public void update(RowKind kind, Collection<Row> rows) {
            touched.touch(kind, rows.stream().map(Row::key).toList());
            tx.update(kind, rows);
        }

        @Override
        public void delete(RowKind kind, Collection<UUID> keys) {
            touched.touch(kind, keys);
            tx.delete(kind, keys);
        }

        @Override
        public void enqueue(Collection<OutboxItem> items) {
            items.forEach(item -> touched.touchOther("outbox " + item.id()));
            tx.enqueue(items);
        }

        @Override
        public void complete(Collection<UUID> ids) {
            ids.forEach(id -> touched.touchOther("outbox " + id));
            tx.complete(ids);
        }

        @Override
        public void post(Collection<BalanceEntry> entries) {
            entries.forEach(
                    entry -> touched.touchOther("entry " + entry.posting().account()));
            tx.post(entries);
        }

        @Override
        public void announce(Collection<Announcement> announcements) {
            announcements.forEach(one -> {
                touched.touchOther("announcement " + one.verification() + " " + one.audience());
                touched.touchOther("receiver " + one.receiver());
            });
            tx.announce(announcements);
        }
    }
}
