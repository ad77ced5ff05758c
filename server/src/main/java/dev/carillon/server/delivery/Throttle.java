// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Keeps to an agreed number of messages per second by giving each its turn, evenly spaced: a provider that counts by the second, or by
 * the tenth of one, never counts too many. Turns are given out in order and at once, so waiting costs neither a queue nor a thread of
 * its own. Thread-safe.
 */
public final class Throttle {
    private final long interval;
    private final LongSupplier nanoTime;
    private long next;

    /**
     * @param perSecond 1 or more
     * @param nanoTime as {@link System#nanoTime}
     */
    public Throttle(int perSecond, LongSupplier nanoTime) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("at least one message per second");
        }
        this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /**
     * Takes the next turns, one after the other.
     *
     * @param messages 1 or more
     * @param longest how long the first may wait
     * @return absent when it would wait longer; then no turn is taken
     */
    public synchronized Optional<Turns> take(int messages, Duration longest) {
        long now = nanoTime.getAsLong();
        long first = next - now > 0 ? next : now;
        if (first - now > longest.toNanos()) {
            return Optional.empty();
        }
        next = first + messages * interval;
        return Optional.of(new Turns(first));
    }

    /** When each of some messages may go. */
    public final class Turns {
        private final long first;

        private Turns(long first) {
            this.first = first;
        }

        /**
         * How long the message has yet to wait; zero when its turn has come.
         *
         * @param message counted from 0
         */
        public Duration untilTurn(int message) {
            long left = first + message * interval - nanoTime.getAsLong();
            return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
        }

        /** Blocks until it is the message's turn. */
        public void await(int message) throws InterruptedException {
            Duration left = untilTurn(message);
            if (left.isPositive()) {
                Thread.sleep(left);
            }
        }
    }
}
