// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue with a lane for each account. Who takes gets one of each lane in turn, so that an account that sends a thousand commands
 * makes its own commands wait, and not those of others. Within a lane the first that came is the first that goes.
 *
 * <p>What an account may have waiting shrinks with the room that is left ({@link Precedence}): many accounts that send all they can never
 * fill the queue for one that comes late. With one account alone it costs what a plain queue costs.
 *
 * <p>Thread-safe, for any number that offer and one that takes.
 *
 * @param <T> what waits
 */
final class FairQueue<T> {
    /**
     * The most of one account in a batch while others are about. Who comes meanwhile waits for the batch's end, and then for the processor behind
     * all whom it answered. Small enough for an account to feel another that asks for everything little more than one that asks for half
     * ({@code bench/fairness.sh}), and large enough for the cost of a commit to be shared.
     */
    static final int QUANTUM = 16;

    /** An account is about for this long after its last command. */
    private static final long ABOUT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Lane<T> own = new Lane<>(Precedence.NOBODY);
    /** Those with something in them. Written with the lock held, read without. */
    private final Map<UUID, Lane<T>> lanes = new ConcurrentHashMap<>();
    /** The same, in the order of their turns. */
    private final Deque<Lane<T>> turns = new ArrayDeque<>();

    private volatile int size;
    private UUID lastSeen = Precedence.NOBODY;
    private long latest;
    private long sharedUntil;

    private static final class Lane<T> {
        final UUID account;
        final Deque<T> items = new ArrayDeque<>();
        volatile int waiting;
        /** In the batch that is being taken. */
        int taken;

        Lane(UUID account) {
            this.account = account;
        }
    }

    /** @param capacity the most that can wait in all */
    FairQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Lets an item wait.
     *
     * @param account whose lane it takes; that of {@link Precedence#NOBODY} is served first
     * @param now of {@link System#nanoTime}
     * @return false when there is no room for it
     */
    boolean offer(UUID account, Precedence precedence, T item, long now) {
        lock.lock();
        try {
            boolean isOwn = account.equals(Precedence.NOBODY);
            Lane<T> lane = isOwn ? own : lanes.get(account);
            int waiting = lane == null ? 0 : lane.waiting;
            if (!precedence.admits(waiting, capacity - size)) {
                return false;
            }
            if (lane == null) {
                lane = new Lane<>(account);
                lanes.put(account, lane);
                turns.addLast(lane);
            }
            if (!isOwn) {
                see(account, now);
            }
            lane.items.addLast(item);
            lane.waiting = waiting + 1;
            resize(1);
            if (size == 1) {
                notEmpty.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void see(UUID account, long now) {
        latest = now;
        if (sharedUntil == 0) {
            sharedUntil = now;
        }
        if (!account.equals(lastSeen)) {
            if (!lastSeen.equals(Precedence.NOBODY)) {
                sharedUntil = now + ABOUT_NANOS;
            }
            lastSeen = account;
        }
    }

    /**
     * Takes what waits, fairly.
     *
     * @param most how many, at most
     * @param patienceNanos how long to wait for the first
     * @return empty when none came in that time
     * @throws InterruptedException while it waited, so that nothing was taken
     */
    List<T> take(int most, long patienceNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = patienceNanos;
            while (size == 0) {
                if (left <= 0) {
                    return List.of();
                }
                left = notEmpty.awaitNanos(left);
            }
            List<T> batch = new ArrayList<>(Math.min(size, most));
            move(own, Math.max(1, most / 2), batch);
            round(most, batch);
            move(own, most - batch.size(), batch);
            resize(-batch.size());
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void round(int most, List<T> batch) {
        boolean alone = turns.size() == 1 && latest - sharedUntil >= 0;
        if (alone) {
            move(turns.getFirst(), most - batch.size(), batch);
            turns.removeIf(this::isLeft);
            return;
        }
        Deque<Lane<T>> had = new ArrayDeque<>();
        while (batch.size() < most && !turns.isEmpty()) {
            Lane<T> lane = turns.removeFirst();
            move(lane, 1, batch);
            lane.taken++;
            (lane.taken < QUANTUM && lane.waiting > 0 ? turns : had).addLast(lane);
        }
        turns.addAll(had);
        turns.removeIf(this::isLeft);
    }

    /** Gets a lane ready for the next batch; one with nothing in it is given up. */
    private boolean isLeft(Lane<T> lane) {
        lane.taken = 0;
        if (lane.waiting > 0) {
            return false;
        }
        lanes.remove(lane.account);
        return true;
    }

    private void move(Lane<T> lane, int most, List<T> batch) {
        int count = Math.min(most, lane.waiting);
        for (int i = 0; i < count; i++) {
            batch.add(lane.items.removeFirst());
        }
        int left = lane.waiting - count;
        lane.waiting = left;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // with the lock held
    private void resize(int by) {
        size += by;
    }

    /** How many wait. */
    int size() {
        return size;
    }

    /** Whether one more would be let in; it may be otherwise a moment later. Takes no lock. */
    boolean admits(UUID account, Precedence precedence) {
        Lane<T> lane = lanes.get(account);
        return precedence.admits(lane == null ? 0 : lane.waiting, capacity - size);
    }
}
