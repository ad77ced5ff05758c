// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the nonces of calls that were taken, so that the same call is not taken again. Memory is bounded: when it is full, the
 * oldest is forgotten, and a call that is that old should be refused by its time. Thread-safe.
 */
public final class NonceMemory {
    private final Duration keep;
    private final int capacity;
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    /**
     * Remembers nothing yet.
     *
     * @param keep for how long; twice as long as a call's time may be off in one direction
     * @param capacity how many at most
     */
    public NonceMemory(Duration keep, int capacity) {
        this.keep = keep;
        this.capacity = capacity;
    }

    public synchronized boolean knows(String nonce, Instant now) {
        Instant at = seen.get(nonce);
        return at != null && at.plus(keep).isAfter(now);
    }

    /** Remembers one that was taken now. */
    public synchronized void remember(String nonce, Instant now) {
        Iterator<Instant> oldest = seen.values().iterator();
        while (oldest.hasNext() && (!oldest.next().plus(keep).isAfter(now) || seen.size() >= capacity)) {
            oldest.remove();
        }
        // Anew at the end: the order is that of the times.
        seen.remove(nonce);
        seen.put(nonce, now);
    }

    synchronized int size() {
        return seen.size();
    }
}
