// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@code bench/lookup.sh}: how many lookups a server answers, beside how often it answers a constant (its {@code /health/live}) to the same
 * client. The two take turns, so that what else the machine does falls on both.
 *
 * <p>Arguments: API, ADMIN, KEY, CUSTOMER, CONNECTIONS, ROUNDS, SECONDS.
 */
public final class LookupBench {
    private static final int SELECT_MILLIS = 100;
    private static final double MILLION = 1e6;
    private static final double P99 = 0.99;

    /** What one round measured; times in nanoseconds. */
    private record Round(double perSecond, long p50, long p99, long failed) {}

    /** One kind of request, by all connections, each going on at once. */
    private static final class Run {
        private final Supplier<ByteBuffer> requests;
        private final long end;
        private final long[] times = new long[8_000_000];
        private int answered;
        private long failed;
        private int open;

        Run(Supplier<ByteBuffer> requests, Duration time) {
            this.requests = requests;
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
                if (response.status() == 200) {
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

    private LookupBench() {}

    public static void main(String[] args) throws IOException {
        Endpoint api = Endpoint.parse(args[0]);
        Endpoint admin = Endpoint.parse(args[1]);
        int connections = Integer.parseInt(args[4]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[6]));
        PhoneNumbers numbers = new PhoneNumbers(RandomGenerator.getDefault());
        String rest = " HTTP/1.1\r\nHost: " + api.host() + "\r\nx-api-key: " + args[2] + "\r\ncustomer-uuid: " + args[3]
                + "\r\n\r\n";
        Supplier<ByteBuffer> lookups =
                () -> bytes("GET /v1/lookup/%2B" + numbers.next().substring(1) + rest);
        Supplier<ByteBuffer> constants = () -> bytes("GET /health/live HTTP/1.1\r\nHost: " + admin.host() + "\r\n\r\n");
        report(System.out, "round", "request", "per s", "p50 ms", "p99 ms", "failed");
        for (int round = 0; round <= Integer.parseInt(args[5]); round++) {
            // The first warms up.
            String name = round == 0 ? "warm-up" : Integer.toString(round);
            Round constant = new Run(constants, time).go(admin, connections);
            report(System.out, name, "constant", constant);
            Round lookup = new Run(lookups, time).go(api, connections);
            report(System.out, name, "lookup", lookup);
            System.out.printf(Locale.ROOT, "%s ratio %.2f%n", name, lookup.perSecond / constant.perSecond);
        }
    }

    private static void report(PrintStream out, String name, String request, Round round) {
        report(
                out,
                name,
                request,
                String.format(Locale.ROOT, "%.0f", round.perSecond),
                String.format(Locale.ROOT, "%.2f", round.p50 / MILLION),
                String.format(Locale.ROOT, "%.2f", round.p99 / MILLION),
                Long.toString(round.failed));
    }

    private static void report(PrintStream out, String... cells) {
        out.println(String.join(" ", cells));
    }

    private static ByteBuffer bytes(String request) {
        return ByteBuffer.wrap(request.getBytes(UTF_8));
    }
}
