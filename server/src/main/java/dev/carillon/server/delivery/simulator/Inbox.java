// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/** The messages that simulated phones have received; the oldest are forgotten. Thread-safe. */
public final class Inbox implements AutoCloseable {
    private final int capacity;
    private final Deque<SimulatedMessage> all = new ArrayDeque<>();
    private final Map<String, Deque<SimulatedMessage>> byNumber = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long last;
    private boolean closed;

    public Inbox(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Takes a message.
     *
     * @param message made with the id that is given to it
     */
    void add(LongFunction<SimulatedMessage> message) {
        lock.lock();
        try {
            if (all.size() == capacity) {
                SimulatedMessage oldest = all.removeFirst();
                byNumber.computeIfPresent(oldest.to(), (_, messages) -> {
                    messages.removeFirst();
                    return messages.isEmpty() ? null : messages;
                });
            }
            last++;
            SimulatedMessage added = message.apply(last);
            all.addLast(added);
            byNumber.computeIfAbsent(added.to(), _ -> new ArrayDeque<>()).addLast(added);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The newest messages, newest first.
     *
     * @param to of this number; empty: of all
     * @param limit at most this many
     */
    public List<SimulatedMessage> messages(Optional<String> to, int limit) {
        lock.lock();
        try {
            List<SimulatedMessage> newest = new ArrayList<>();
            Iterator<SimulatedMessage> found = of(to).descendingIterator();
            while (found.hasNext() && newest.size() < limit) {
                newest.add(found.next());
            }
            return Collections.unmodifiableList(newest);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The messages after one that is known, oldest first, so that whoever asks again with the last id that was seen misses none.
     *
     * @param id the one that is known; 0 for none
     * @param to of this number; empty: of all
     * @param limit at most this many
     * @param patience how long to wait until there is one; after that, or when interrupted or closed, there are none
     */
    public List<SimulatedMessage> after(long id, Optional<String> to, int limit, Duration patience) {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            List<SimulatedMessage> found = after(id, to, limit);
            while (found.isEmpty() && nanos > 0 && !closed) {
                nanos = changed.awaitNanos(nanos);
                found = after(id, to, limit);
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            lock.unlock();
        }
    }

    private List<SimulatedMessage> after(long id, Optional<String> to, int limit) {
        Deque<SimulatedMessage> newer = new ArrayDeque<>();
        Iterator<SimulatedMessage> found = of(to).descendingIterator();
        while (found.hasNext()) {
            SimulatedMessage message = found.next();
            if (message.id() <= id) {
                break;
            }
            newer.addFirst(message);
        }
        return newer.stream().limit(limit).toList();
    }

    private Deque<SimulatedMessage> of(Optional<String> to) {
        return to.map(number -> byNumber.getOrDefault(number, new ArrayDeque<>()))
                .orElse(all);
    }

    /** Lets go those who wait; what it has can still be read. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
