// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.time;

import java.time.Instant;
import java.util.UUID;

/**
 * Ids that sort by the time at which they were made: 48 bits of milliseconds and 74 random bits, laid out as UUID version 7
 * (RFC 9562) but labelled version 4. The order keeps inserts at the end of an index and lets a store drop old rows by a range of
 * ids; the label is there since clients of Ding v1 may insist on version 4.
 */
public final class TimeOrderedId {
    private static final long RANDOM_A = 0x0fffL;
    private static final long RANDOM_B = 0x3fff_ffff_ffff_ffffL;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private TimeOrderedId() {}

    /**
     * Makes an id.
     *
     * @param at from 1970 to the year 10889
     * @param randomA a random number, of which 12 bits are used
     * @param randomB a random number, of which 62 bits are used
     */
    public static UUID of(Instant at, long randomA, long randomB) {
        return new UUID((at.toEpochMilli() << 16) | VERSION_4 | (randomA & RANDOM_A), VARIANT | (randomB & RANDOM_B));
    }

    /** The least UUID, in the order of unsigned bytes, that an id made at {@code at} or later can be. */
    public static UUID lowerBound(Instant at) {
        return new UUID(at.toEpochMilli() << 16, 0);
    }

    /** When the id was made, to the millisecond. */
    public static Instant timeOf(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }
}
