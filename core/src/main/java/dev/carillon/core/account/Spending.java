// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How much an account may spend, in millionths of the currency of its prices. Without prices nothing is spent, and none of this
 * holds anything up.
 *
 * @param prepaid whether its balance must not fall below the floor; if not, what it spends is recorded and nothing is refused
 * @param floor negative for a credit
 * @param dailyCap the most that it spends in a day (UTC), over all countries; empty: any amount
 * @param countryCaps the same for numbers of one country, by ISO 3166-1 alpha-2
 * @param refundUndelivered whether a message is given back that was sent and is known not to have arrived; providers charge for it
 */
public record Spending(
        boolean prepaid,
        long floor,
        Optional<Long> dailyCap,
        Map<String, Long> countryCaps,
        boolean refundUndelivered) {
    public static final Spending UNLIMITED = new Spending(false, 0, Optional.empty(), Map.of(), false);

    /** A trillion units; whatever is added to it still fits. */
    private static final long MAX = 1_000_000_000_000_000_000L;

    public Spending {
        require(Math.abs(floor) <= MAX, "floor is too large");
        dailyCap.ifPresent(
                cap -> require(cap >= 0 && cap <= MAX, "daily-cap must be 0 or more, and less than a trillion"));
        countryCaps.forEach((country, cap) -> require(
                cap >= 0 && cap <= MAX, "daily-cap of " + country + " must be 0 or more, and less than a trillion"));
        countryCaps = Collections.unmodifiableMap(new TreeMap<>(countryCaps));
    }

    /** Whether anything may have to be refused. */
    public boolean isLimited() {
        return prepaid || dailyCap.isPresent() || !countryCaps.isEmpty();
    }

    /**
     * Tells these limits from others, on every node and in every version alike: what was allowed under other limits is not allowed
     * under these. Never 0.
     */
    public int fingerprint() {
        int hash = Boolean.hashCode(prepaid) * 31 + Long.hashCode(floor);
        hash = hash * 31 + dailyCap.map(cap -> Long.hashCode(cap)).orElse(-1);
        for (Map.Entry<String, Long> cap : countryCaps.entrySet()) {
            hash = hash * 31 + cap.getKey().hashCode() + Long.hashCode(cap.getValue()) * 17;
        }
        return hash == 0 ? 1 : hash;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
