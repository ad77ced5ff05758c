// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.util.function.LongSupplier;

/**
 * Keeps a bind from sending for a while after the SMSC said that it is too much, longer each time until one gets through. Thread-safe,
 * and costs nothing while it is off: every message asks.
 */
final class Hold {
    private final Backoff waits;
    private final LongSupplier nanoTime;
    /** From the first refusal until a message was taken again, which may be long after the time that is to be waited. */
    private volatile boolean refused;

    private volatile long until;

    /** @param nanoTime as {@link System#nanoTime} */
    Hold(Backoff waits, LongSupplier nanoTime) {
        this.waits = waits;
        this.nanoTime = nanoTime;
    }

    boolean isOn() {
        return refused && nanoTime.getAsLong() - until < 0;
    }

    /** A message was refused. Those that were in the window together are refused together, and count once. */
    synchronized void refused() {
        if (!isOn()) {
            until = nanoTime.getAsLong() + waits.next().toNanos();
            refused = true;
        }
    }

    /** A message was taken. One that was sent before the others were refused does not count. */
    void taken() {
        if (refused && !isOn()) {
            reset();
        }
    }

    private synchronized void reset() {
        if (!isOn()) {
            refused = false;
            waits.reset();
        }
    }
}
