// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Reads of single rows that meet share a round trip, as writes share a commit: who is alone goes at once, and while all trips are under way
 * those who come gather for the next. Sixty-four readers then cost the database a few statements and not sixty-four.
 *
 * <p>Thread-safe.
 */
final class SharedReads {
    /** The most that go together, so that nobody waits for the rows of a crowd. */
    static final int MOST = 64;

    /** One is answered while the other one's rows are looked for. The pool has connections left. */
    static final int TRIPS = 2;

    private final Trip trip;
    private final Semaphore trips = new Semaphore(TRIPS);
    private final Queue<Wanted> waiting = new ConcurrentLinkedQueue<>();

    /** Goes to the database. Thread-safe. */
    @FunctionalInterface
    interface Trip {
        /**
         * Those of the rows that there are, by their keys.
         *
         * @throws StoreException when it failed, for all of them
         */
        Map<UUID, byte[]> read(Set<UUID> keys);
    }

    private record Wanted(UUID key, CompletableFuture<Optional<byte[]>> row) {}

    SharedReads(Trip trip) {
        this.trip = trip;
    }

    /**
     * Reads a row, as it was committed at some time after this was called.
     *
     * @throws StoreException when that failed
     */
    Optional<byte[]> read(UUID key) {
        Wanted wanted = new Wanted(key, new CompletableFuture<>());
        waiting.add(wanted);
        go();
        try {
            return wanted.row().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new StoreException("a read failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while reading", e);
        }
    }

    /** How many have gone on no trip yet. */
    int waiting() {
        return waiting.size();
    }

    /** On threads of their own: who asks may be interrupted, and must not take the others with it. */
    private void go() {
        if (!waiting.isEmpty() && trips.tryAcquire()) {
            Thread.startVirtualThread(() -> {
                try {
                    answer(together());
                } finally {
                    trips.release();
                }
                go(); // whoever came and found no trip
            });
        }
    }

    private List<Wanted> together() {
        List<Wanted> together = new ArrayList<>();
        for (Wanted next = waiting.poll(); next != null; next = together.size() < MOST ? waiting.poll() : null) {
            together.add(next);
        }
        return together;
    }

    private void answer(List<Wanted> together) {
        if (together.isEmpty()) {
            return;
        }
        try {
            Set<UUID> keys = new HashSet<>();
            together.forEach(wanted -> keys.add(wanted.key()));
            Map<UUID, byte[]> rows = trip.read(keys);
            together.forEach(wanted -> wanted.row().complete(Optional.ofNullable(rows.get(wanted.key()))));
        } catch (RuntimeException | Error e) {
            together.forEach(wanted -> wanted.row().completeExceptionally(e));
        }
    }
}
