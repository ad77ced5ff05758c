// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * {@code bench/lookup.sh}: how many lookups a server answers, beside how often it answers a constant (its {@code /health/live}) to the same
 * client. The two take turns, so that what else the machine does falls on both.
 *
 * <p>Arguments: API, ADMIN, KEY, CUSTOMER, CONNECTIONS, ROUNDS, SECONDS.
 */
public final class LookupBench {
    private static final double MILLION = 1e6;

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
            ClosedRun.Round constant = new ClosedRun(constants, LookupBench::isOk, time).go(admin, connections);
            report(System.out, name, "constant", constant);
            ClosedRun.Round lookup = new ClosedRun(lookups, LookupBench::isOk, time).go(api, connections);
            report(System.out, name, "lookup", lookup);
            System.out.printf(Locale.ROOT, "%s ratio %.2f%n", name, lookup.perSecond() / constant.perSecond());
        }
    }

    private static void report(PrintStream out, String name, String request, ClosedRun.Round round) {
        report(
                out,
                name,
                request,
                String.format(Locale.ROOT, "%.0f", round.perSecond()),
                String.format(Locale.ROOT, "%.2f", round.p50() / MILLION),
                String.format(Locale.ROOT, "%.2f", round.p99() / MILLION),
                Long.toString(round.failed()));
    }

    private static void report(PrintStream out, String... cells) {
        out.println(String.join(" ", cells));
    }

    private static boolean isOk(Response response) {
        return response.status() == 200;
    }

    private static ByteBuffer bytes(String request) {
        return ByteBuffer.wrap(request.getBytes(UTF_8));
    }
}
