// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers of one block of 1,000 that lately asked for a code and have not verified. Fraud that sells traffic to its own
 * ranges shows as many neighbours who never type a code.
 *
 * @param unverified one entry for each number, oldest first, at most {@value #CAPACITY}
 */
public record NumberBlock(List<Entry> unverified) implements Counter {
    private static final int CAPACITY = 128;
    private static final Duration MEMORY = Duration.ofHours(1);

    /** What is remembered is enough for limits up to this one. */
    static final Limit LARGEST = new Limit(CAPACITY - 1, MEMORY);

    public static final NumberBlock EMPTY = new NumberBlock(List.of());

    /**
     * @param member a keyed hash that tells the number from its neighbours
     * @param at when a code was last sent to it
     */
    public record Entry(int member, Instant at) {}

    public NumberBlock {
        unverified = List.copyOf(unverified);
    }

    static boolean canHold(Limit limit) {
        return limit.count() <= LARGEST.count() && limit.per().compareTo(LARGEST.per()) <= 0;
    }

    /** Whether one more number would make this more than {@code limit} allows. A number that is in already is not new. */
    public boolean isSuspicious(int member, Limit limit, Instant now) {
        Instant since = now.minus(limit.per());
        long neighbours = unverified.stream()
                .filter(entry -> entry.member() != member && entry.at().isAfter(since))
                .count();
        return neighbours >= limit.count();
    }

    public NumberBlock withSent(int member, Instant now) {
        List<Entry> entries = new ArrayList<>(withVerified(member).unverified);
        entries.removeIf(entry -> entry.at().isBefore(now.minus(MEMORY)));
        entries.add(new Entry(member, now));
        return new NumberBlock(entries.subList(Math.max(0, entries.size() - CAPACITY), entries.size()));
    }

    public NumberBlock withVerified(int member) {
        return new NumberBlock(
                unverified.stream().filter(entry -> entry.member() != member).toList());
    }

    public boolean contains(int member) {
        return unverified.stream().anyMatch(entry -> entry.member() == member);
    }

    @Override
    public Instant expiresAt() {
        return unverified.isEmpty() ? Instant.EPOCH : unverified.getLast().at().plus(MEMORY);
    }
}
