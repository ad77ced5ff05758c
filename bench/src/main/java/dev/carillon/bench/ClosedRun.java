// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One kind of request, by all connections of one thread, each going on at once. */
final class ClosedRun {
    private static final int SELECT_MILLIS = 100;
    private static final double P99 = 0.99;

    /** What one run measured; times in nanoseconds. */
    record Round(double perSecond, long p50, long p99, long failed) {}

    private final Supplier<ByteBuffer> requests;
    private final Predicate<Response> right;
    private final long end;
    private final long[] times = new long[8_000_000];
    private int answered;
    private long failed;
    private int open;

    ClosedRun(Supplier<ByteBuffer> requests, Predicate<Response> right, Duration time) {
        this.requests = requests;
        this.right = right;
        this.end = System.nanoTime() + time.toNanos();
    }

    Round go(Endpoint endpoint, int connections) throws IOException {
        long began = System.nanoTime();
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        try (Selector selector = Selector.open()) {
            List<Connection> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                Slot slot = new Slot();
                slot.connection = new Connection(selector, endpoint.address(), slot);
                all.add(slot.connection);
                open++;
                slot.next();
            }
            while (open > 0) {
                selector.select(key -> ready(key, buffer), SELECT_MILLIS);
            }
            all.forEach(Connection::close);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] sorted = Arrays.copyOf(times, answered);
        Arrays.sort(sorted);
        return new Round(answered / seconds, at(sorted, 0.5), at(sorted, P99), failed);
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) (share * (sorted.length - 1))];
    }

    private static void ready(SelectionKey key, ByteBuffer buffer) {
        if (key.attachment() instanceof Connection connection) {
            connection.ready(key, buffer);
        }
    }

    /** A connection's own request. */
    private final class Slot implements Connection.Listener {
        private @Nullable Connection connection;
        private long began;

        void next() {
            long now = System.nanoTime();
            Connection own = connection;
            if (now >= end || answered == times.length || own == null) {
                open--;
                return;
            }
            began = now;
            own.send(requests.get());
        }

        @Override
        public void answered(Response response) {
            if (right.test(response)) {
                times[answered++] = System.nanoTime() - began;
            } else {
                failed++;
            }
            next();
        }

        @Override
        public void broken(String why) {
            failed++;
            open--;
        }
    }
}
