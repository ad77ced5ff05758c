// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import java.time.Instant;

/**
 * The state of one limit for one subject, by the generic cell rate algorithm: a single time says it all.
 *
 * @param spentUntil the time at which everything that was taken has been refilled (the theoretical arrival time)
 */
public record Allowance(Instant spentUntil) implements Counter {
    /** Nothing was taken yet. */
    public static final Allowance FULL = new Allowance(Instant.EPOCH);

    /** From when one more may be taken; a time in the past or {@code now} means at once. */
    public Instant availableAt(Limit limit, Instant now) {
        // A clock that was set back must not lock anyone out for longer than a full period.
        Instant latest = now.plus(limit.per());
        Instant spent = spentUntil.isAfter(latest) ? latest : spentUntil;
        return spent.minus(limit.per()).plus(limit.interval());
    }

    /** The state after one was taken. */
    public Allowance take(Limit limit, Instant now) {
        return new Allowance((spentUntil.isAfter(now) ? spentUntil : now).plus(limit.interval()));
    }

    @Override
    public Instant expiresAt() {
        return spentUntil;
    }
}
