// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as rows keep them: microseconds since 1970, the precision of the wire contracts. */
final class Times {
    private static final long PER_SECOND = 1_000_000;

    private Times() {}

    static long micros(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano() / 1000);
    }

    /** @throws IllegalArgumentException in the first second that there is, which {@link #micros} cannot count back to */
    static Instant instant(long micros) {
        if (micros < Long.MIN_VALUE + PER_SECOND) {
            throw new IllegalArgumentException("a time is out of range");
        }
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** A time as it is when it was stored and read again. */
    static Instant stored(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }
}
