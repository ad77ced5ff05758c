// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do. A subclass says how to open one. */
@Timeout(60)
public abstract class StoreContract {

    protected static final Instant NOW = Instant.parse("2026-07-13T10:00:00Z");
    protected static final Duration RETENTION = Duration.ofDays(30);

    private static final Instant LATER = NOW.plusSeconds(3600);

    private final Random random = new Random(42);
    private final List<Store> stores = new ArrayList<>();

    protected Store store;

    /** Opens the store of the running test; every call within one test opens the same data, as another node would. */
    protected abstract Store open() throws Exception;

    @BeforeEach
    void openFirst() throws Exception {
        store = openAnother();
    }

    @AfterEach
    void closeAll() {
        stores.forEach(Store::close);
    }

    protected final Store openAnother() throws Exception {
        Store another = open();
        stores.add(another);
        return another;
    }

    // ---- rows

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(RowKind kind) {
        UUID key = key();
        insert(kind, row(key, "first"));
        assertThat(store.read(kind, key)).hasValue(bytes("first"));

        store.write(tx -> {
            assertThat(tx.load(kind, List.of(key))).containsOnlyKeys(key);
            tx.update(kind, List.of(row(key, "second")));
            return 0;
        });
        assertThat(store.read(kind, key)).hasValue(bytes("second"));

        store.write(tx -> {
            tx.delete(kind, List.of(key, key()));
            return 0;
        });
        assertThat(store.read(kind, key)).isEmpty();
    }

    @Test
    void kindsAreApart() {
        UUID key = key();
        for (RowKind kind : RowKind.values()) {
            insert(kind, row(key, kind.name()));
        }
        for (RowKind kind : RowKind.values()) {
            assertThat(store.read(kind, key)).hasValue(bytes(kind.name()));
        }
    }

    @Test
    void loadReturnsOnlyWhatExists() {
        UUID there = key();
        UUID missing = key();
        insert(RowKind.NUMBER, row(there, "x"));
        Map<UUID, byte[]> loaded = store.write(tx -> tx.load(RowKind.NUMBER, List.of(missing, there, there)));
        assertThat(loaded).containsOnlyKeys(there);
        assertThat(loaded.get(there)).isEqualTo(bytes("x"));
    }

    @Test
    void nothingToDoIsFine() {
        store.write(tx -> {
            assertThat(tx.load(RowKind.COUNTER, List.of())).isEmpty();
            tx.insert(RowKind.COUNTER, List.of());
            tx.update(RowKind.COUNTER, List.of());
            tx.delete(RowKind.COUNTER, List.of());
            tx.enqueue(List.of());
            tx.complete(List.of());
            return 0;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void bodiesOfAnySize(int size) {
        byte[] body = new byte[size];
        random.nextBytes(body);
        for (RowKind kind : RowKind.values()) {
            UUID key = key();
            insert(kind, new Row(key, body, LATER));
            assertThat(store.read(kind, key)).hasValue(body);
            assertThat(store.write(tx -> tx.load(kind, List.of(key))).get(key)).isEqualTo(body);
            store.write(tx -> {
                tx.update(kind, List.of(new Row(key, body, LATER)));
                return 0;
            });
            assertThat(store.read(kind, key)).hasValue(body);
        }
    }

    @Test
    void keysOfEveryShape() {
        List<UUID> keys = List.of(
                new UUID(0, 1),
                new UUID(Long.MAX_VALUE, Long.MAX_VALUE),
                new UUID(Long.MIN_VALUE, Long.MIN_VALUE),
                new UUID(-1, -1),
                verificationId(NOW));
        for (RowKind kind : RowKind.values()) {
            insert(kind, keys.stream().map(key -> row(key, key.toString())).toArray(Row[]::new));
            Map<UUID, byte[]> loaded = store.write(tx -> tx.load(kind, keys));
            assertThat(loaded.keySet()).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(loaded).allSatisfy((key, body) -> assertThat(body).isEqualTo(bytes(key.toString())));
        }
    }

    @Test
    void largeBatches() {
        for (RowKind kind : RowKind.values()) {
            List<UUID> keys = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                keys.add(kind == RowKind.VERIFICATION ? verificationId(NOW.plusMillis(i)) : key());
            }
            insert(kind, keys.stream().map(key -> row(key, "a" + key)).toArray(Row[]::new));
            store.write(tx -> {
                assertThat(tx.load(kind, keys)).hasSize(2_000);
                tx.update(kind, keys.stream().map(key -> row(key, "b" + key)).toList());
                return 0;
            });
            Map<UUID, byte[]> loaded = store.write(tx -> tx.load(kind, keys));
            assertThat(loaded).hasSize(2_000);
            assertThat(loaded).allSatisfy((key, body) -> assertThat(body).isEqualTo(bytes("b" + key)));
            store.write(tx -> {
                tx.delete(kind, keys);
                assertThat(tx.load(kind, keys)).isEmpty();
                return 0;
            });
        }
    }

    @Test
    void twoRowsWithOneKeyAreAMistakeOfTheCaller() {
        UUID key = key();
        assertThatThrownBy(() -> insert(RowKind.NUMBER, row(key, "a"), row(key, "b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.read(RowKind.NUMBER, key)).isEmpty();
    }

    @Test
    void updatingWhatDoesNotExistFails() {
        UUID there = key();
        insert(RowKind.NUMBER, row(there, "a"));
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.update(RowKind.NUMBER, List.of(row(there, "b"), row(key(), "b")));
                    return 0;
                }))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(StoreConflictException.class);
        assertThat(store.read(RowKind.NUMBER, there)).hasValue(bytes("a"));
    }

    // ---- transactions

    @Test
    void aTransactionSeesWhatItWrote() {
        UUID key = key();
        store.write(tx -> {
            tx.insert(RowKind.COUNTER, List.of(row(key, "1")));
            assertThat(tx.load(RowKind.COUNTER, List.of(key)).get(key)).isEqualTo(bytes("1"));
            tx.update(RowKind.COUNTER, List.of(row(key, "2")));
            assertThat(tx.load(RowKind.COUNTER, List.of(key)).get(key)).isEqualTo(bytes("2"));
            return 0;
        });
    }

    @Test
    void nobodyElseSeesItBeforeTheCommit() throws Exception {
        UUID key = key();
        insert(RowKind.NUMBER, row(key, "old"));
        Store other = openAnother();
        store.write(tx -> {
            tx.load(RowKind.NUMBER, List.of(key));
            tx.update(RowKind.NUMBER, List.of(row(key, "new")));
            assertThat(store.read(RowKind.NUMBER, key)).hasValue(bytes("old"));
            assertThat(other.read(RowKind.NUMBER, key)).hasValue(bytes("old"));
            return 0;
        });
        assertThat(store.read(RowKind.NUMBER, key)).hasValue(bytes("new"));
        assertThat(other.read(RowKind.NUMBER, key)).hasValue(bytes("new"));
    }

    @Test
    void anExceptionUndoesAll() {
        UUID old = key();
        UUID added = key();
        OutboxItem item = item(NOW);
        insert(RowKind.NUMBER, row(old, "old"));
        RuntimeException thrown = new IllegalStateException("on purpose");
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(RowKind.VERIFICATION, List.of(row(added, "x")));
                    tx.update(RowKind.NUMBER, List.of(row(old, "new")));
                    tx.enqueue(List.of(item));
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(store.read(RowKind.VERIFICATION, added)).isEmpty();
        assertThat(store.read(RowKind.NUMBER, old)).hasValue(bytes("old"));
        assertThat(store.oldestDue(LATER)).isEmpty();
        insert(RowKind.VERIFICATION, row(added, "works again"));
    }

    @ParameterizedTest
    @EnumSource
    void insertingWhatExistsIsAConflictAndWritesNothing(RowKind kind) {
        UUID there = key();
        UUID fresh = key();
        UUID counter = key();
        insert(kind, row(there, "first"));
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(kind, List.of(row(fresh, "x"), row(there, "second")));
                    return 0;
                }))
                .isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(RowKind.COUNTER, List.of(row(counter, "x")));
                    try {
                        tx.insert(kind, List.of(row(there, "second")));
                    } catch (StoreConflictException e) {
                        // Swallowed: the transaction is void all the same.
                    }
                    return 0;
                }))
                .isInstanceOf(StoreConflictException.class);
        assertThat(store.read(kind, there)).hasValue(bytes("first"));
        assertThat(store.read(kind, fresh)).isEmpty();
        assertThat(store.read(RowKind.COUNTER, counter)).isEmpty();
        insert(kind, row(fresh, "works again"));
    }

    @Test
    void aTransactionCannotBeUsedAfterItsEnd() {
        StoreTransaction ended = store.write(tx -> tx);
        assertThatThrownBy(() -> ended.insert(RowKind.NUMBER, List.of(row(key(), "x"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noIncrementIsLostBetweenNodes() throws Exception {
        List<UUID> keys = List.of(key(), key(), key());
        insert(RowKind.COUNTER, keys.stream().map(key -> row(key, "0")).toArray(Row[]::new));
        List<Store> nodes = List.of(store, store, openAnother());
        int rounds = 60;
        inParallel(nodes.size(), node -> {
            List<UUID> order = new ArrayList<>(keys);
            for (int i = 0; i < rounds; i++) {
                order.add(order.removeFirst()); // every order of keys must do
                retrying(nodes.get(node), tx -> {
                    Map<UUID, byte[]> loaded = tx.load(RowKind.COUNTER, order);
                    tx.update(
                            RowKind.COUNTER,
                            order.stream()
                                    .map(key -> row(key, String.valueOf(number(loaded.get(key)) + 1)))
                                    .toList());
                    return 0;
                });
            }
            return 0;
        });
        assertThat(keys).allSatisfy(key -> assertThat(store.read(RowKind.COUNTER, key))
                .hasValue(bytes(String.valueOf(rounds * nodes.size()))));
    }

    @Test
    void ofTwoNodesThatInsertTheSameKeyOneWins() throws Exception {
        List<Store> nodes = List.of(store, openAnother());
        for (int round = 0; round < 20; round++) {
            UUID key = key();
            List<Boolean> won = inParallel(2, node -> {
                try {
                    return nodes.get(node).write(tx -> {
                        if (tx.load(RowKind.REPLAY, List.of(key)).isEmpty()) {
                            tx.insert(RowKind.REPLAY, List.of(row(key, "by " + node)));
                            return true;
                        }
                        return false;
                    });
                } catch (StoreConflictException e) {
                    return false;
                }
            });
            assertThat(won).containsExactlyInAnyOrder(true, false);
            assertThat(store.read(RowKind.REPLAY, key)).hasValue(bytes("by " + won.indexOf(true)));
        }
    }

    @Test
    void aReopenedStoreHasEverything() throws Exception {
        UUID key = key();
        for (RowKind kind : RowKind.values()) {
            insert(kind, row(key, kind.name()));
        }
        OutboxItem item = item(NOW);
        enqueue(item);
        store.close();

        Store reopened = openAnother();
        for (RowKind kind : RowKind.values()) {
            assertThat(reopened.read(kind, key)).hasValue(bytes(kind.name()));
        }
        assertThat(reopened.lease(NOW, LATER, 10)).extracting(OutboxItem::id).containsExactly(item.id());
    }

    @Test
    void aClosedStoreIsNotReachable() {
        assertThat(store.isReachable()).isTrue();
        store.close();
        assertThat(store.isReachable()).isFalse();
        assertThatThrownBy(() -> store.read(RowKind.NUMBER, key())).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> insert(RowKind.NUMBER, row(key(), "x"))).isInstanceOf(StoreException.class);
        store.close();
    }

    // ---- outbox

    @Test
    void whatIsLeasedIsTheItemWithItsNewTime() {
        OutboxItem item = item(NOW);
        enqueue(item);
        assertThat(store.lease(NOW.minusMillis(1), LATER, 10)).isEmpty();
        assertThat(store.lease(NOW, LATER, 10))
                .containsExactly(new OutboxItem(item.id(), item.verification(), item.attempt(), LATER));
    }

    @Test
    void aLeaseHoldsUntilItsEnd() {
        enqueue(item(NOW));
        assertThat(store.lease(NOW, LATER, 10)).hasSize(1);
        assertThat(store.lease(NOW, LATER, 10)).isEmpty();
        assertThat(store.lease(LATER.minusMillis(1), LATER.plusSeconds(9), 10)).isEmpty();
        assertThat(store.lease(LATER, LATER.plusSeconds(9), 10)).hasSize(1);
    }

    @Test
    void theLongestDueComesFirst() {
        List<OutboxItem> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            items.add(item(NOW.plusSeconds(i)));
        }
        enqueue(items.reversed().toArray(OutboxItem[]::new));
        List<UUID> ids = items.stream().map(OutboxItem::id).toList();
        assertThat(store.lease(NOW.plusSeconds(7), LATER, 5))
                .extracting(OutboxItem::id)
                .containsExactlyElementsOf(ids.subList(0, 5));
        assertThat(store.lease(NOW.plusSeconds(7), LATER, 5))
                .extracting(OutboxItem::id)
                .containsExactlyElementsOf(ids.subList(5, 8));
    }

    @Test
    void noItemIsLeasedTwice() throws Exception {
        int count = 600;
        for (int i = 0; i < count; i += 100) {
            OutboxItem[] items = new OutboxItem[100];
            Arrays.setAll(items, n -> item(NOW));
            enqueue(items);
        }
        List<Store> nodes = List.of(store, store, openAnother(), openAnother());
        List<List<UUID>> taken = inParallel(nodes.size(), node -> {
            List<UUID> mine = new ArrayList<>();
            List<OutboxItem> leased;
            do {
                leased = nodes.get(node).lease(NOW, LATER, 17);
                leased.forEach(item -> mine.add(item.id()));
            } while (!leased.isEmpty());
            return mine;
        });
        List<UUID> all = taken.stream().flatMap(Collection::stream).toList();
        // A node that finds all due items locked by others stops early, so the rest may still be there.
        List<UUID> rest = new ArrayList<>();
        store.lease(NOW, LATER, 1_000).forEach(item -> rest.add(item.id()));
        assertThat(store.lease(NOW, LATER, 1_000)).isEmpty();
        Set<UUID> distinct = new HashSet<>(all);
        assertThat(distinct).hasSameSizeAs(all);
        distinct.addAll(rest);
        assertThat(distinct).hasSize(count);
        assertThat(all.size() + rest.size()).isEqualTo(count);
    }

    @Test
    void whatIsCompletedIsGone() {
        OutboxItem done = item(NOW);
        OutboxItem open = item(NOW);
        enqueue(done, open);
        store.write(tx -> {
            tx.complete(List.of(done.id(), key()));
            return 0;
        });
        assertThat(store.lease(NOW, LATER, 10)).extracting(OutboxItem::id).containsExactly(open.id());
    }

    @Test
    void theOldestDueIsKnown() {
        assertThat(store.oldestDue(NOW)).isEmpty();
        enqueue(item(NOW.plusSeconds(5)), item(NOW.plusSeconds(3)));
        assertThat(store.oldestDue(NOW)).isEmpty();
        assertThat(store.oldestDue(NOW.plusSeconds(3))).hasValue(Duration.ZERO);
        assertThat(store.oldestDue(NOW.plusSeconds(10))).hasValue(Duration.ofSeconds(7));
    }

    @Test
    void anItemThatExistsIsAConflict() {
        OutboxItem item = item(NOW);
        enqueue(item);
        assertThatThrownBy(() -> enqueue(item)).isInstanceOf(StoreConflictException.class);
    }

    // ---- housekeeping

    @ParameterizedTest
    @EnumSource(names = {"REPLAY", "NUMBER", "COUNTER"})
    void expiredRowsGo(RowKind kind) {
        UUID live = key();
        UUID dead = key();
        insert(kind, new Row(live, bytes("x"), NOW.plusMillis(1)), new Row(dead, bytes("x"), NOW));
        maintainAll(store, NOW.minusMillis(1));
        assertThat(store.read(kind, dead)).isPresent();
        maintainAll(store, NOW);
        assertThat(store.read(kind, dead)).isEmpty();
        assertThat(store.read(kind, live)).isPresent();
    }

    @Test
    void anUpdateProlongsTheLife() {
        UUID key = key();
        insert(RowKind.COUNTER, new Row(key, bytes("x"), NOW));
        store.write(tx -> {
            tx.load(RowKind.COUNTER, List.of(key));
            tx.update(RowKind.COUNTER, List.of(new Row(key, bytes("y"), LATER)));
            return 0;
        });
        maintainAll(store, NOW);
        assertThat(store.read(RowKind.COUNTER, key)).hasValue(bytes("y"));
    }

    @Test
    void manyExpiredRowsGoInSmallSteps() {
        Row[] rows = new Row[1_700];
        Arrays.setAll(rows, i -> new Row(key(), bytes("x"), i % 3 == 0 ? LATER : NOW));
        insert(RowKind.COUNTER, rows);
        assertThat(store.maintain(NOW, RETENTION)).isTrue();
        assertThat(Arrays.stream(rows)
                        .filter(row -> store.read(RowKind.COUNTER, row.key()).isPresent())
                        .count())
                .isBetween(1_000L, 1_500L);
        maintainAll(store, NOW);
        assertThat(rows).allSatisfy(row -> assertThat(
                        store.read(RowKind.COUNTER, row.key()).isPresent())
                .isEqualTo(row.expiresAt().equals(LATER)));
    }

    @Test
    void rareExpiredRowsGoInTime() {
        UUID dead = new UUID(-1, 0); // at the far end of the walk
        Row[] rows = new Row[1_200];
        Arrays.setAll(rows, i -> row(key(), "x"));
        insert(RowKind.NUMBER, rows);
        insert(RowKind.NUMBER, new Row(dead, bytes("x"), NOW));
        assertThat(store.maintain(NOW, RETENTION)).isFalse();
        for (int i = 0; i < 3; i++) {
            maintainAll(store, NOW);
        }
        assertThat(store.read(RowKind.NUMBER, dead)).isEmpty();
        assertThat(store.read(RowKind.NUMBER, rows[0].key())).isPresent();
    }

    @Test
    void verificationsGoWithTheirAge() {
        UUID old = verificationId(NOW.minus(RETENTION).minus(Duration.ofDays(1)));
        UUID young = verificationId(NOW.minus(RETENTION).plusMillis(1));
        insert(RowKind.VERIFICATION, new Row(old, bytes("x"), LATER), new Row(young, bytes("x"), Instant.EPOCH));
        maintainAll(store, NOW);
        assertThat(store.read(RowKind.VERIFICATION, old)).isEmpty();
        assertThat(store.read(RowKind.VERIFICATION, young)).isPresent();
    }

    @Test
    void manyOldVerificationsGo() {
        Instant created = NOW.minus(Duration.ofDays(40));
        Row[] rows = new Row[1_100];
        Arrays.setAll(rows, i -> row(verificationId(created.plusMillis(i)), "x"));
        insert(RowKind.VERIFICATION, rows);
        assertThat(store.maintain(NOW, RETENTION)).isTrue();
        maintainAll(store, NOW);
        assertThat(rows).allSatisfy(row -> assertThat(store.read(RowKind.VERIFICATION, row.key()))
                .isEmpty());
    }

    @Test
    void housekeepingOfTwoNodesDisturbsNoWriter() throws Exception {
        Row[] dead = new Row[3_000];
        Arrays.setAll(dead, i -> new Row(key(), bytes("x"), NOW));
        insert(RowKind.COUNTER, dead);
        UUID counter = key();
        insert(RowKind.COUNTER, row(counter, "0"));
        AtomicBoolean stop = new AtomicBoolean();
        List<Store> nodes = List.of(store, openAnother());
        int increments = 100;
        inParallel(4, thread -> {
            Store node = nodes.get(thread % 2);
            if (thread < 2) {
                Instant time = NOW;
                while (!stop.get()) {
                    node.maintain(time, RETENTION);
                    time = time.plus(Duration.ofHours(6)); // so that partitions come and go under the writers
                }
            } else {
                try {
                    for (int i = 0; i < increments; i++) {
                        retrying(node, tx -> {
                            byte[] body =
                                    tx.load(RowKind.COUNTER, List.of(counter)).get(counter);
                            tx.update(
                                    RowKind.COUNTER,
                                    List.of(new Row(
                                            counter,
                                            bytes(String.valueOf(number(body) + 1)),
                                            Instant.ofEpochSecond(1L << 40))));
                            tx.insert(RowKind.VERIFICATION, List.of(row(verificationId(NOW), "x")));
                            return 0;
                        });
                    }
                } finally {
                    stop.set(true);
                }
            }
            return 0;
        });
        assertThat(store.read(RowKind.COUNTER, counter)).hasValue(bytes(String.valueOf(2 * increments)));
    }

    // ---- helpers

    /** Housekeeping until it says that there is no more at once. */
    protected static void maintainAll(Store store, Instant now) {
        int steps = 0;
        while (store.maintain(now, RETENTION)) {
            assertThat(++steps).isLessThan(1_000);
        }
    }

    protected final void insert(RowKind kind, Row... rows) {
        store.write(tx -> {
            tx.insert(kind, List.of(rows));
            return 0;
        });
    }

    protected final void enqueue(OutboxItem... items) {
        store.write(tx -> {
            tx.enqueue(List.of(items));
            return 0;
        });
    }

    /** A random key, the same in every run. */
    protected final synchronized UUID key() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** An id as the core makes them: milliseconds, version 7, variant, random bits. */
    protected final synchronized UUID verificationId(Instant created) {
        return new UUID(
                created.toEpochMilli() << 16 | 0x7000 | random.nextInt(0x1000),
                Long.MIN_VALUE | (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL));
    }

    protected static Row row(UUID key, String body) {
        return new Row(key, bytes(body), LATER);
    }

    protected final OutboxItem item(Instant dueAt) {
        return new OutboxItem(key(), key(), 1, dueAt);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int number(byte @Nullable [] body) {
        assertThat(body).isNotNull();
        return Integer.parseInt(
                StandardCharsets.UTF_8.decode(ByteBuffer.wrap(body)).toString());
    }

    protected static <T> T retrying(Store store, Store.Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return store.write(work);
            } catch (StoreConflictException e) {
                if (attempt == 100) {
                    throw e;
                }
            }
        }
    }

    /** What one of several threads does. */
    @FunctionalInterface
    protected interface Task<T> {
        T run(int thread) throws Exception;
    }

    /** Runs a task in several threads that start together, and returns what each returned, or throws what one threw. */
    protected static <T> List<T> inParallel(int threads, Task<T> task) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                Callable<T> callable = () -> {
                    start.await();
                    return task.run(thread);
                };
                futures.add(executor.submit(callable));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(50, TimeUnit.SECONDS));
            }
            return results;
        }
    }
}
