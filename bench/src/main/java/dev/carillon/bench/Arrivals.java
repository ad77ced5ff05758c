// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

/**
 * When pairs start. All times are nanoseconds since the run began.
 *
 * <p>In the open loop pairs arrive by the clock, whether or not the server keeps up, and each is measured from the moment at which it
 * should have started: a stalled server is charged for everyone who had to wait (no coordinated omission).
 */
interface Arrivals {

    /** Whether a pair should start now. */
    boolean isDue(long now);

    /** Takes the pair that is due; only after {@link #isDue} was true. Returns the time at which it should have started. */
    long take(long now);

    /** When {@link #isDue} will next turn true; {@link Long#MAX_VALUE} when waiting will not change it. */
    long nextAt();

    /** Pairs that should have started by {@code now} and were never taken. */
    long waiting(long now);

    /** Each connection goes on at once, until {@code end}. */
    record ClosedLoop(long end) implements Arrivals {
        @Override
        public boolean isDue(long now) {
            return now < end;
        }

        @Override
        public long take(long now) {
            return now;
        }

        @Override
        public long nextAt() {
            return Long.MAX_VALUE;
        }

        @Override
        public long waiting(long now) {
            return 0;
        }
    }

    /** A constant number of pairs each second, until {@code end}. */
    final class OpenLoop implements Arrivals {
        private static final double SECOND = 1e9;

        private final double pairsPerSecond;
        private final long total;
        private long taken;

        OpenLoop(double pairsPerSecond, long end) {
            this.pairsPerSecond = pairsPerSecond;
            this.total = (long) Math.ceil(end * pairsPerSecond / SECOND);
        }

        @Override
        public boolean isDue(long now) {
            return nextAt() <= now;
        }

        @Override
        public long take(long now) {
            long intended = nextAt();
            taken++;
            return intended;
        }

        @Override
        public long nextAt() {
            return taken < total ? (long) (taken * SECOND / pairsPerSecond) : Long.MAX_VALUE;
        }

        @Override
        public long waiting(long now) {
            long due = Math.min(total, (long) (now * pairsPerSecond / SECOND) + 1);
            return Math.max(0, due - taken);
        }
    }
}
