// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the {@value #COUNT} parts of an account's books. The books are the sum of all; each node writes to one of them, so that nodes
 * do not wait for each other.
 *
 * <p>Where spending is limited, a stripe holds leave to spend: the leaves of all stripes together are never more than what is left. Who
 * has too little looks at all stripes, once, and is granted a part of the rest ({@link Purse}).
 *
 * @param amounts its part of the books
 * @param rules under which limits leave was granted ({@link dev.carillon.core.account.Spending#fingerprint}); under others it is worth
 *     nothing. 0: none was
 * @param leave how much of the balance may be spent here without looking at the other stripes
 * @param day for which the shares hold, in days since 1970 (UTC)
 * @param shares in the spending of the day, by country or {@link #ALL}; those that are capped
 */
public record Stripe(Amounts amounts, int rules, long leave, long day, Map<String, Share> shares) {
    /** Enough that few nodes meet at one, and few enough to be looked at together. */
    public static final int COUNT = 16;

    /** The share in the spending in all countries. */
    public static final String ALL = "*";

    public static final Stripe EMPTY = new Stripe(Amounts.ZERO, 0, 0, 0, Map.of());

    public Stripe {
        shares = Collections.unmodifiableMap(new TreeMap<>(shares));
    }

    /** As it is on this day, under these limits. */
    Stripe under(int limits, long today) {
        Stripe current = day == today ? this : new Stripe(amounts, rules, leave, today, Map.of());
        if (rules == limits) {
            return current;
        }
        Map<String, Share> withoutLeave = new HashMap<>();
        current.shares.forEach((scope, share) -> withoutLeave.put(scope, share.withLeave(0)));
        return new Stripe(amounts, limits, 0, today, withoutLeave);
    }

    /**
     * After an entry.
     *
     * @param country of the number
     * @param spentToday of what it spends, what counts as spent on this day
     */
    public Stripe posted(Amounts change, String country, long spentToday, long today) {
        Map<String, Share> after = new HashMap<>(shares);
        // A share of another day is over; without one nobody has capped this.
        if (day == today) {
            after.computeIfPresent(ALL, (_, share) -> share.after(spentToday));
            after.computeIfPresent(country, (_, share) -> share.after(spentToday));
        }
        long left = rules == 0 ? 0 : Math.subtractExact(leave, change.spent());
        return new Stripe(amounts.plus(change), rules, left, day, after);
    }

    /** After the operator has credited an amount; leave to spend it is granted when somebody asks. */
    public Stripe funded(Amounts change) {
        return new Stripe(amounts.plus(change), rules, leave, day, shares);
    }

    Share share(String scope) {
        return shares.getOrDefault(scope, Share.NONE);
    }

    Stripe withLeave(long granted) {
        return new Stripe(amounts, rules, granted, day, shares);
    }

    Stripe with(String scope, Share share) {
        Map<String, Share> changed = new HashMap<>(shares);
        changed.put(scope, share);
        return new Stripe(amounts, rules, leave, day, changed);
    }
}
