// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The time in which a code of one verification can be checked.
 *
 * @param from nobody can have opened it before
 * @param to somebody has opened it by then
 */
record Window(Case owner, Instant createdAt, Instant expiresAt, long from, long to) {

    /**
     * The window of a verification, if it had one.
     *
     * @param asked all creates of its number: one that was not answered may be the one that opened it
     */
    static Optional<Window> of(Case owner, List<Exchange> asked) {
        List<Exchange> told = owner.all(Operation.CREATE).stream()
                .filter(create -> !create.field("expires_at").isEmpty())
                .toList();
        if (told.isEmpty()) {
            return Optional.empty();
        }
        Exchange first = told.getFirst();
        long from = asked.stream()
                .filter(create -> create.isUnknown() || create.about().equals(owner.id()))
                .mapToLong(Exchange::from)
                .min()
                .orElseThrow();
        long to = told.stream().mapToLong(Exchange::to).min().orElseThrow();
        return Optional.of(new Window(
                owner, Instant.parse(first.field("created_at")), Instant.parse(first.field("expires_at")), from, to));
    }

    /** Whether this one can have been opened first, and closed by the time the other was opened. */
    boolean mayPrecede(Window other) {
        return from < other.to
                && (!other.createdAt.isBefore(expiresAt)
                        || (owner.story().filter(Story::isValidated).isPresent()
                                && owner.all(Operation.CHECK).stream()
                                        .anyMatch(check -> owner.mayBeAccepted(check) && check.from() < other.to)));
    }

    /** A check that this one accepted when the other, which was opened later, was there already. */
    Optional<Exchange> acceptedAfter(Window other) {
        return owner.all(Operation.CHECK).stream()
                .filter(check -> to < other.from
                        && check.isAnswered()
                        && check.field("status").equals("valid")
                        && check.from() > other.to)
                .findFirst();
    }

    @Override
    public String toString() {
        return owner.id() + " (" + createdAt + " to " + expiresAt + ")";
    }
}
