// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An endless supply of valid mobile numbers that never repeats before all are used up. The numbers are walked in one fixed
 * order whose neighbours lie far apart (steps of the golden ratio), so that no block of 1,000 numbers fills up; each run
 * starts at a random place, so that two short runs against one server hardly ever meet.
 */
public final class PhoneNumbers {
    /** Prefixes of mobile ranges that are valid with any seven digits after them. */
    static final List<String> PREFIXES = List.of(
            // France
            "+3361",
            "+3362",
            "+3364",
            "+3365",
            "+3366",
            "+3367",
            "+3374",
            "+3375",
            "+3376",
            "+3377",
            "+3378",
            // Germany
            "+491511",
            "+491512",
            "+491514",
            "+491515",
            "+491516",
            "+491517",
            "+491520",
            "+491522",
            "+491523",
            "+491525",
            "+491573",
            "+491575",
            "+491577",
            "+491578",
            "+491590",
            // Spain
            "+3461",
            "+3462",
            "+3463",
            "+3464",
            "+3465",
            "+3466",
            "+3467",
            "+3468",
            "+3469",
            // Italy
            "+39320",
            "+39327",
            "+39328",
            "+39333",
            "+39338",
            "+39340",
            "+39347",
            "+39348",
            "+39349",
            "+39380",
            // Brazil
            "+551196",
            "+551197",
            "+551198",
            "+551199",
            "+552197",
            "+552198",
            "+552199",
            "+553198",
            "+553199",
            // India
            "+91981",
            "+91982",
            "+91984",
            "+91985",
            "+91989",
            "+91990",
            "+91991",
            "+91993",
            "+91994",
            "+91998");

    private static final long PER_PREFIX = 10_000_000;
    private static final double GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2;

    private final long size = PREFIXES.size() * PER_PREFIX;
    private final long step = coprimeNear(Math.round(size / GOLDEN_RATIO), size);
    private long slot;

    /** Starts at a place of chance. */
    public PhoneNumbers(RandomGenerator random) {
        slot = random.nextLong(size);
    }

    /** How many numbers there are before the first comes again. */
    long size() {
        return size;
    }

    /** The next number, as E.164. */
    public String next() {
        slot = (slot + step) % size;
        return PREFIXES.get((int) (slot / PER_PREFIX))
                + Long.toString(PER_PREFIX + slot % PER_PREFIX).substring(1);
    }

    private static long coprimeNear(long wanted, long size) {
        long candidate = wanted;
        while (gcd(candidate, size) != 1) {
            candidate++;
        }
        return candidate;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
