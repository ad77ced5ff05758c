// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.bench.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Calls the API and adds every exchange to the history. Asks any of the nodes there are at the moment. For one thread at a time. */
final class Caller implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final History history;
    private final Account account;
    private final Supplier<List<Node>> nodes;
    private final Duration patience;
    private final RandomGenerator random;
    private final Map<Node, Client> clients = new HashMap<>();

    Caller(History history, Account account, Supplier<List<Node>> nodes, Duration patience, RandomGenerator random) {
        this.history = history;
        this.account = account;
        this.nodes = nodes;
        this.patience = patience;
        this.random = random;
    }

    /** @param correlation tells creates for one number from each other; a repetition has that of the first */
    Optional<Exchange> create(String phone, String correlation, String key) {
        ObjectNode body = body().put("phone_number", phone).put("correlation_id", correlation);
        return post("/v1/authentication", body, Operation.CREATE, phone, "", "", key);
    }

    Optional<Exchange> check(String verification, String code) {
        ObjectNode body = body().put("authentication_uuid", verification).put("check_code", code);
        return post("/v1/check", body, Operation.CHECK, "", verification, code, "");
    }

    Optional<Exchange> retry(String verification) {
        ObjectNode body = body().put("authentication_uuid", verification);
        return post("/v1/retry", body, Operation.RETRY, "", verification, "", "");
    }

    Optional<Exchange> status(String verification) {
        return exchange("GET", "/v1/authentication/" + verification, "", Operation.STATUS, "", verification, "", "");
    }

    private ObjectNode body() {
        return JSON.createObjectNode().put("customer_uuid", account.customerUuid());
    }

    private Optional<Exchange> post(
            String path,
            ObjectNode body,
            Operation operation,
            String number,
            String verification,
            String input,
            String key) {
        return exchange("POST", path, body.toString(), operation, number, verification, input, key);
    }

    /** Empty when no node could be reached, so that there was no exchange. */
    private Optional<Exchange> exchange(
            String method,
            String path,
            String body,
            Operation operation,
            String number,
            String verification,
            String input,
            String key) {
        List<Node> there = new ArrayList<>(nodes.get());
        if (there.isEmpty()) {
            return Optional.empty();
        }
        Client client = client(there.get(random.nextInt(there.size())));
        String head = "x-api-key: " + account.apiKey() + "\r\nContent-Type: application/json\r\n"
                + (key.isEmpty() ? "" : "Idempotency-Key: " + key + "\r\n");
        long from = history.now();
        int http = 0;
        String answer = "";
        try {
            Response response = client.send(method, path, head, body);
            http = response.status();
            answer = response.body();
        } catch (Client.NotConnectedException e) {
            return Optional.empty();
        } catch (IOException e) {
            // Without an answer; it may have been done.
        }
        Exchange exchange = new Exchange(
                from, history.now(), client.node().name(), operation, number, verification, input, key, http, answer);
        history.add(exchange);
        return Optional.of(exchange);
    }

    private Client client(Node node) {
        if (clients.size() > 16 && !clients.containsKey(node)) {
            close(); // of nodes that are gone
        }
        return clients.computeIfAbsent(node, to -> new Client(to, patience));
    }

    @Override
    public void close() {
        clients.values().forEach(Client::close);
        clients.clear();
    }
}
