// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What the contracts of stores stand on: a store to try, and short ways to fill it. */
@Timeout(60)
abstract class StoreTestKit {

    protected static final Instant NOW = Instant.parse("2026-07-13T10:00:00Z");
    protected static final Duration RETENTION = Duration.ofDays(30);

    protected static final Instant LATER = NOW.plusSeconds(3600);

    protected final Random random = new Random(42);
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
        return new OutboxItem(key(), key(), 1, OutboxItem.Kind.SEND, dueAt);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static int number(byte @Nullable [] body) {
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
