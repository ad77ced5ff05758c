// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: twice as long each time up to a limit, less up to half of it by chance, so that the binds of
 * many nodes do not come back all at once. Belongs to one thread.
 */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final DoubleSupplier random;
    private Duration next;

    /** @param random from 0 to 1 */
    Backoff(Duration first, Duration longest, DoubleSupplier random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        Duration full = next;
        Duration twice = full.multipliedBy(2);
        next = twice.compareTo(longest) < 0 ? twice : longest;
        return full.minusNanos((long) (full.toNanos() * 0.5 * random.getAsDouble()));
    }

    /** After a success. */
    void reset() {
        next = first;
    }
}
