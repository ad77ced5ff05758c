// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code bench/large.sh}: asks for the status of verifications that {@link Fill} has stored. First the answers to a thousand of them are read and must be
 * right (its id, its number, a valid check), then all are asked for at random.
 *
 * <p>Arguments: API, KEY, CUSTOMER, CONNECTIONS, SECONDS, FILE; a line of the file is an id and its phone number. Prints reads a second, p50 and p99 in
 * ms. Exits with 1 when an answer is wrong.
 */
public final class StatusBench {
    private static final double MILLION = 1e6;
    private static final int SAMPLE = 1000;

    private StatusBench() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Endpoint api = Endpoint.parse(args[0]);
        List<String> lines = Files.readAllLines(Path.of(args[5]));
        String rest = " HTTP/1.1\r\nHost: " + api.host() + "\r\nx-api-key: " + args[1] + "\r\ncustomer-uuid: " + args[2]
                + "\r\n\r\n";
        Duration time = Duration.ofSeconds(Long.parseLong(args[4]));
        String wrong = firstWrong(args[0], args[1], args[2], lines.subList(0, Math.min(lines.size(), SAMPLE)));
        if (!wrong.isEmpty()) {
            System.err.println("FAILED: " + wrong);
            System.exit(1);
        }
        ClosedRun.Round round = new ClosedRun(
                        () -> {
                            String line = lines.get(ThreadLocalRandom.current().nextInt(lines.size()));
                            return get(line.substring(0, line.indexOf(' ')), rest);
                        },
                        response -> response.status() == 200,
                        time)
                .go(api, Integer.parseInt(args[3]));
        System.out.printf(
                Locale.ROOT, "%.0f %.2f %.2f%n", round.perSecond(), round.p50() / MILLION, round.p99() / MILLION);
        System.exit(round.failed() > 0 ? 1 : 0);
    }

    /** The answer to the first status that is not what was stored; empty when all are. */
    private static String firstWrong(String api, String key, String customer, List<String> lines)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String line : lines) {
                int space = line.indexOf(' ');
                String id = line.substring(0, space);
                String answer = client.send(
                                HttpRequest.newBuilder(URI.create(api + "/v1/authentication/" + id))
                                        .header("x-api-key", key)
                                        .header("customer-uuid", customer)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
                boolean right = answer.contains("\"uuid\":\"" + id + "\"")
                        && answer.contains("\"phone_number\":\"" + line.substring(space + 1) + "\"")
                        && answer.contains("\"status\":\"valid\"");
                if (!right) {
                    return id + ": " + answer;
                }
            }
        }
        return "";
    }

    private static ByteBuffer get(String id, String rest) {
        return ByteBuffer.wrap(("GET /v1/authentication/" + id + rest).getBytes(UTF_8));
    }
}
