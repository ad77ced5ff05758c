// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The messages that simulated phones have received; the oldest are forgotten. Thread-safe. */
public final class Inbox {
    private final int capacity;
    private final Deque<SimulatedMessage> all = new ArrayDeque<>();
    private final Map<String, Deque<SimulatedMessage>> byNumber = new HashMap<>();

    public Inbox(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(SimulatedMessage message) {
        if (all.size() == capacity) {
            SimulatedMessage oldest = all.removeFirst();
            byNumber.computeIfPresent(oldest.to(), (_, messages) -> {
                messages.removeFirst();
                return messages.isEmpty() ? null : messages;
            });
        }
        all.addLast(message);
        byNumber.computeIfAbsent(message.to(), _ -> new ArrayDeque<>()).addLast(message);
    }

    /**
     * The newest messages, newest first.
     *
     * @param to of this number; empty: of all
     * @param limit at most this many
     */
    public synchronized List<SimulatedMessage> messages(Optional<String> to, int limit) {
        Deque<SimulatedMessage> found = to.map(number -> byNumber.getOrDefault(number, new ArrayDeque<>()))
                .orElse(all);
        List<SimulatedMessage> newest = new ArrayList<>();
        found.descendingIterator().forEachRemaining(message -> {
            if (newest.size() < limit) {
                newest.add(message);
            }
        });
        return Collections.unmodifiableList(newest);
    }
}
