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
        return spent(limit, now).minus(limit.per()).plus(limit.interval());
    }

    /** The state after one was taken. */
    public Allowance take(Limit limit, Instant now) {
        Instant spent = spent(limit, now);
        return new Allowance((spent.isAfter(now) ? spent : now).plus(limit.interval()));
    }

    /**
     * At most one period ahead, unless the clock was set back or the period was shortened. A little of that changes nothing, so
     * that nodes whose clocks differ give nothing away; with a whole period of it everything counts as refilled, or a clock
     * that was wrong once would lock people out until it comes there again.
     */
    private Instant spent(Limit limit, Instant now) {
        return spentUntil.isAfter(now.plus(limit.per().multipliedBy(2))) ? now : spentUntil;
    }

    @Override
    public Instant expiresAt() {
        return spentUntil;
    }
}
