// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.carillon.server.ledger.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SharedReadsTest {
    /** What was asked for, trip by trip. */
    private final Queue<Set<UUID>> asked = new ConcurrentLinkedQueue<>();

    private static UUID key(int i) {
        return new UUID(7, i);
    }

    private static byte[] row(UUID key) {
        return new byte[] {(byte) key.getLeastSignificantBits()};
    }

    /** All rows but those of odd keys. */
    private static Map<UUID, byte[]> rows(Set<UUID> keys) {
        Map<UUID, byte[]> rows = new HashMap<>();
        keys.stream().filter(key -> key.getLeastSignificantBits() % 2 == 0).forEach(key -> rows.put(key, row(key)));
        return rows;
    }

    private static CompletableFuture<Optional<byte[]>> start(SharedReads reads, UUID key) {
        CompletableFuture<Optional<byte[]>> row = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                row.complete(reads.read(key));
            } catch (RuntimeException e) {
                row.completeExceptionally(e);
            }
        });
        return row;
    }

    /** Reads whose first trips take until they are told to go on, with so many under way and no more. */
    private SharedReads held(CompletableFuture<Boolean> goOn) {
        return new SharedReads(keys -> {
            asked.add(keys);
            goOn.join();
            return rows(keys);
        });
    }

    @Test
    void whoIsAloneGoesAtOnce() {
        SharedReads reads = held(CompletableFuture.completedFuture(true));
        assertThat(reads.read(key(2))).hasValueSatisfying(row -> assertThat(row).isEqualTo(row(key(2))));
        assertThat(reads.read(key(3))).isEmpty();
        assertThat(asked).containsExactly(Set.of(key(2)), Set.of(key(3)));
    }

    @Test
    void thoseWhoComeMeanwhileGoTogether() {
        CompletableFuture<Boolean> goOn = new CompletableFuture<>();
        SharedReads reads = held(goOn);
        List<CompletableFuture<Optional<byte[]>>> rows = new ArrayList<>();
        for (int i = 0; i < SharedReads.TRIPS; i++) {
            int under = i + 1;
            rows.add(start(reads, key(i)));
            Awaitility.await().until(() -> asked.size() == under);
        }
        int waiting = SharedReads.MOST + 10;
        for (int i = 0; i < waiting; i++) {
            rows.add(start(reads, key(100 + i / 2))); // each asked for twice
        }
        Awaitility.await().until(() -> reads.waiting() == waiting);
        assertThat(asked).hasSize(SharedReads.TRIPS);
        goOn.complete(true);

        assertThat(rows).allSatisfy(row -> assertThat(row.join()).isNotNull());
        assertThat(rows.get(SharedReads.TRIPS).join())
                .hasValueSatisfying(row -> assertThat(row).isEqualTo(row(key(100))));
        // Two more trips, the first of which was full.
        assertThat(asked).hasSize(SharedReads.TRIPS + 2);
        assertThat(asked.stream().skip(SharedReads.TRIPS).mapToInt(Set::size).sum())
                .isBetween(waiting / 2, waiting / 2 + 1);
    }

    @Test
    void aFailureIsToldToThoseWhoWentTogetherAndToNobodyElse() {
        AtomicInteger trips = new AtomicInteger();
        SharedReads reads = new SharedReads(keys -> {
            if (trips.getAndIncrement() == 0) {
                throw new StoreException("gone", null);
            }
            return rows(keys);
        });
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> reads.read(key(2)))
                .withMessage("gone");
        assertThat(reads.read(key(2))).isPresent();
    }

    @Test
    void whoIsInterruptedTakesNobodyWithHim() throws InterruptedException {
        CompletableFuture<Boolean> goOn = new CompletableFuture<>();
        SharedReads reads = held(goOn);
        CompletableFuture<StoreException> told = new CompletableFuture<>();
        Thread first = Thread.startVirtualThread(
                () -> told.complete(catchThrowableOfType(StoreException.class, () -> reads.read(key(2)))));
        Awaitility.await().until(() -> asked.size() == 1);
        first.interrupt();
        assertThat(told.join()).hasMessageContaining("interrupted");
        CompletableFuture<Optional<byte[]>> second = start(reads, key(4));
        goOn.complete(true);
        assertThat(second.join()).isPresent();
    }

    @Test
    void nobodyIsLeftWaiting() throws Exception {
        SharedReads reads = new SharedReads(SharedReadsTest::rows);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int reader = 0; reader < 50; reader++) {
                int mine = reader;
                readers.add(threads.submit(() -> {
                    int found = 0;
                    for (int i = 0; i < 200; i++) {
                        found += reads.read(key(mine * 200 + i)).isPresent() ? 1 : 0;
                    }
                    return found;
                }));
            }
            for (Future<Integer> reader : readers) {
                assertThat(reader.get()).isEqualTo(100);
            }
        }
    }
}
