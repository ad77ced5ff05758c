// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.core.account.Account;
import dev.carillon.server.cli.Administration.NewAccount;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** An application as the demo plays it: calls the API as any client would. */
final class DemoClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Service server;
    private final Account account;
    private final String apiKey;

    DemoClient(Service server, NewAccount created) {
        this.server = server;
        this.account = created.account();
        this.apiKey = created.key().apiKey().value();
    }

    JsonNode post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        Map<String, String> body = new TreeMap<>(fields);
        body.put("customer_uuid", account.id().toString());
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        return send(request);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(server.address().resolve(path))
                .header("customer-uuid", account.id().toString()));
    }

    /** The newest message that the simulated phone received; waits until there is one. */
    JsonNode message(String number) throws IOException, InterruptedException {
        URI inbox = server.adminAddress()
                .resolve("/simulator/messages?to=" + URLEncoder.encode(number, StandardCharsets.UTF_8));
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode messages = send(HttpRequest.newBuilder(inbox));
            if (!messages.isEmpty()) {
                return messages.get(0);
            }
            Thread.sleep(20);
        }
        throw new AdministrationException("no message arrived at the simulated phone");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request.header("x-api-key", apiKey).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AdministrationException("the server answered " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
