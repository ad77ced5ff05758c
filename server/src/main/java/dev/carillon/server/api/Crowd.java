// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All connections of a listener, and what they hold together. A client that opens all the connections there can be, and then does nothing, is to
 * keep nobody out: who comes when there is no more room takes the place of those whose next bytes have been waited for the longest. A
 * connection whose request is being answered is never closed for another.
 *
 * <p>Thread-safe.
 */
final class Crowd {
    /** Closed at once when there is no more room, so that it is not looked for the longest at every newcomer. */
    private static final int PART = 64;

    private final int most;
    private final long mostHeld;
    private final Set<BoundedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong held = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * A crowd of nobody.
     *
     * @param most connections
     * @param mostHeld bytes of long requests that have not arrived as a whole
     */
    Crowd(int most, long mostHeld) {
        this.most = most;
        this.mostHeld = mostHeld;
    }

    /** @return false when there is no room, nor anybody who could make some; {@link #leave} must follow all the same */
    boolean enter(BoundedConnection connection) {
        connections.add(connection);
        return count.incrementAndGet() <= most || makeRoom(connection);
    }

    void leave(BoundedConnection connection) {
        if (connections.remove(connection)) {
            count.decrementAndGet();
        }
    }

    private boolean makeRoom(BoundedConnection newcomer) {
        lock.lock();
        try {
            if (count.get() <= most) {
                return true; // somebody else has made some
            }
            // Their ages change while they are sorted.
            List<BoundedConnection> longest = connections.stream()
                    .filter(connection -> connection != newcomer && connection.isWaiting())
                    .map(connection -> Map.entry(connection, connection.age()))
                    .sorted(Map.Entry.<BoundedConnection, Duration>comparingByValue(Comparator.reverseOrder()))
                    .limit(Math.max(1, most / PART))
                    .map(Map.Entry::getKey)
                    .toList();
            for (BoundedConnection connection : longest) {
                leave(connection);
                connection.close(true);
            }
            return !longest.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** @return false when that would be too much in all; it is counted all the same */
    boolean hold(int more) {
        return held.addAndGet(more) <= mostHeld;
    }
}
