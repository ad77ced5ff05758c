// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * {@code bench/http.sh}: the same request to Carillon and to {@link BareNetty}, in turns. It is a check of an id that is none: the key is
 * looked up, the JSON read, the fields judged, and the answer is 400; the ledger is not asked.
 *
 * <p>Arguments: API, NETTY, KEY, CUSTOMER, CONNECTIONS, ROUNDS, SECONDS, LEAST. Prints Markdown; exits with 1 when the median ratio is below LEAST.
 */
public final class HttpBench {
    private static final double MILLION = 1e6;

    private HttpBench() {}

    public static void main(String[] args) throws IOException {
        Endpoint api = Endpoint.parse(args[0]);
        Endpoint netty = Endpoint.parse(args[1]);
        int connections = Integer.parseInt(args[4]);
        int rounds = Integer.parseInt(args[5]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[6]));
        String body =
                "{\"customer_uuid\":\"" + args[3] + "\",\"authentication_uuid\":\"none\",\"check_code\":\"123456\"}";
        byte[] request = ("POST /v1/check HTTP/1.1\r\nHost: " + api.host() + "\r\nx-api-key: " + args[2]
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(UTF_8);
        double[] ratios = new double[rounds];
        System.out.println("| round | bare Netty per s | p99 ms | Carillon per s | p99 ms | ratio |");
        System.out.println("|---|---|---|---|---|---|");
        // The first warms up.
        for (int round = 0; round <= rounds; round++) {
            ClosedRun.Round bare = run(netty, request, connections, time);
            ClosedRun.Round ours = run(api, request, connections, time);
            double ratio = ours.perSecond() / bare.perSecond();
            if (bare.failed() + ours.failed() > 0) {
                System.err.println("FAILED: " + bare.failed() + " and " + ours.failed() + " wrong answers");
                System.exit(1);
            }
            if (round > 0) {
                ratios[round - 1] = ratio;
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %.0f | %.2f | %.0f | %.2f | %.2f |%n",
                        round,
                        bare.perSecond(),
                        bare.p99() / MILLION,
                        ours.perSecond(),
                        ours.p99() / MILLION,
                        ratio);
            }
        }
        Arrays.sort(ratios);
        double median = (ratios[(rounds - 1) / 2] + ratios[rounds / 2]) / 2;
        System.out.printf(Locale.ROOT, "| **median** | | | | | **%.2f** |%n", median);
        System.exit(median < Double.parseDouble(args[7]) ? 1 : 0);
    }

    private static ClosedRun.Round run(Endpoint server, byte[] request, int connections, Duration time)
            throws IOException {
        return new ClosedRun(() -> ByteBuffer.wrap(request), response -> response.status() == 400, time)
                .go(server, connections);
    }
}
