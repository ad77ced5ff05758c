// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What customers have lately said of the users that came from one block of numbers, one address or one country: whether they turned
 * out to be real.
 *
 * @param said one entry for each user, oldest first, at most {@value #CAPACITY}
 */
public record Conversion(List<Entry> said) implements Counter {
    private static final int CAPACITY = 256;
    private static final Duration MEMORY = Duration.ofHours(24);

    /** So many bad users stand against one good one. */
    private static final int BAD_FOR_ONE_GOOD = 4;

    /** What is remembered is enough for limits up to this one. */
    static final Limit LARGEST = new Limit(CAPACITY * BAD_FOR_ONE_GOOD / (BAD_FOR_ONE_GOOD + 1), MEMORY);

    public static final Conversion EMPTY = new Conversion(List.of());

    /**
     * What was said of a user.
     *
     * @param member stands for the verification, so that who thinks better of it is not counted twice
     */
    public record Entry(int member, boolean onboarded, Instant at) {}

    public Conversion {
        said = List.copyOf(said);
    }

    static boolean canHold(Limit limit) {
        return limit.count() <= LARGEST.count() && limit.per().compareTo(LARGEST.per()) <= 0;
    }

    /** Whether so many users were bad lately that hardly any is to be expected to be real. */
    public boolean isSuspicious(Limit limit, Instant now) {
        Instant since = now.minus(limit.per());
        List<Entry> lately =
                said.stream().filter(entry -> entry.at().isAfter(since)).toList();
        long good = lately.stream().filter(Entry::onboarded).count();
        long bad = lately.size() - good;
        return bad >= limit.count() && bad >= BAD_FOR_ONE_GOOD * good;
    }

    public Conversion with(int member, boolean onboarded, Instant now) {
        List<Entry> entries = new ArrayList<>(said);
        entries.removeIf(entry -> entry.member() == member || entry.at().isBefore(now.minus(MEMORY)));
        entries.add(new Entry(member, onboarded, now));
        return new Conversion(entries.subList(Math.max(0, entries.size() - CAPACITY), entries.size()));
    }

    @Override
    public Instant expiresAt() {
        return said.isEmpty() ? Instant.EPOCH : said.getLast().at().plus(MEMORY);
    }
}
