// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** An application of one customer, on one connection. For one thread at a time. */
final class Ding implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final Client client;
    private final Customer customer;

    Ding(CarillonProcess server, Customer customer) {
        this.client = new Client(server.api());
        this.customer = customer;
    }

    /** Through something that stands before the servers. */
    Ding(URI address, Customer customer) {
        this.client = new Client(address);
        this.customer = customer;
    }

    void connect() throws IOException {
        client.connect();
    }

    /** Creates an authentication; {@code more} fields follow as names and values. */
    Answer create(String phone, String... more) throws IOException {
        return post("/v1/authentication", Map.of(), create(body().put("phone_number", phone), more));
    }

    Answer createWithKey(String idempotencyKey, String phone, String... more) throws IOException {
        return post(
                "/v1/authentication",
                Map.of("Idempotency-Key", idempotencyKey),
                create(body().put("phone_number", phone), more));
    }

    Answer check(String authentication, String code) throws IOException {
        return post(
                "/v1/check",
                Map.of(),
                body().put("authentication_uuid", authentication).put("check_code", code));
    }

    Answer retry(String authentication) throws IOException {
        return post("/v1/retry", Map.of(), body().put("authentication_uuid", authentication));
    }

    Answer feedback(String phone, String status) throws IOException {
        return post(
                "/v1/authentication/feedback",
                Map.of(),
                body().put("phone_number", phone).put("status", status));
    }

    Answer status(String authentication) throws IOException {
        return client.get("/v1/authentication/" + authentication, Map.of("x-api-key", customer.key()));
    }

    Answer lookup(String phone) throws IOException {
        return client.get(
                "/v1/lookup/" + URLEncoder.encode(phone, StandardCharsets.UTF_8),
                Map.of("x-api-key", customer.key(), "customer-uuid", customer.uuid()));
    }

    private ObjectNode body() {
        return JSON.createObjectNode().put("customer_uuid", customer.uuid());
    }

    private static ObjectNode create(ObjectNode body, String... more) {
        for (int i = 0; i < more.length; i += 2) {
            body.put(more[i], more[i + 1]);
        }
        return body;
    }

    private Answer post(String path, Map<String, String> headers, ObjectNode body) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("x-api-key", customer.key());
        return client.post(path, all, body.toString());
    }

    @Override
    public void close() {
        client.close();
    }
}
