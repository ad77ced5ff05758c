// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Whoever may use the admin port: reads simulated phones, health and meters. For one thread at a time. */
final class Operator implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Client client;

    Operator(CarillonProcess server) {
        this.client = new Client(server.admin());
    }

    Answer get(String path) throws IOException {
        return client.get(path, Map.of());
    }

    /** The messages that a phone has received, newest first. */
    List<JsonNode> messages(String phone) throws IOException {
        Answer answer = get("/simulator/messages?to=" + URLEncoder.encode(phone, StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.json().spliterator(), false).toList();
    }

    /** The newest code of a phone, once it has received this many messages. */
    String code(String phone, int messages) {
        return await().pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE)
                .until(() -> messages(phone), received -> received.size() >= messages)
                .getFirst()
                .path("code")
                .asText();
    }

    /** The value of the only meter that begins with {@code name}, or the sum of them all. */
    double meter(String name) throws IOException {
        return get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Override
    public void close() {
        client.close();
    }
}
