// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Makes requests to the Dynamic endpoints, each as if a proxy told of another client, so that none is one too many. */
final class DynamicCalls implements AutoCloseable {
    static final String PHONE = "\"phoneNumber\":\"%s\",\"phoneCountryCode\":\"+1\",\"isoCountryCode\":\"us\"";
    private static final JsonMapper JSON = new JsonMapper();

    private final DynamicServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private int addresses;

    DynamicCalls(DynamicServer server) {
        this.server = server;
    }

    HttpResponse<String> post(UUID environment, String operation, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(environment, "/smsVerifications/" + operation).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<String> get(UUID environment, String path) throws IOException, InterruptedException {
        return send(request(environment, path));
    }

    HttpResponse<String> preflight(String operation, String origin) throws IOException, InterruptedException {
        return send(request(server.environment, "/smsVerifications/" + operation)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type,x-dyn-version"));
    }

    /** Has a code sent to a number of the sandbox; the verification. */
    String sandbox(UUID environment, String number) throws IOException, InterruptedException {
        var answer = post(environment, "create", "{" + PHONE.formatted("555-" + number) + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer).path("verificationUUID").asText();
    }

    /** The body of a sign-in with the sandbox's code. */
    static String signIn(String verification) {
        return "{\"verificationUUID\":\"" + verification + "\",\"verificationToken\":\"" + DynamicServer.SANDBOX_CODE
                + "\"}";
    }

    /** Signs the user of a number of the sandbox in. */
    JsonNode signedIn(UUID environment, String number) throws IOException, InterruptedException {
        var answer = post(environment, "signin", signIn(sandbox(environment, number)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json(answer);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder request(UUID environment, String path) {
        return HttpRequest.newBuilder(URI.create(server.api() + "/api/v0/sdk/" + environment + path))
                .timeout(Duration.ofSeconds(30))
                .header("X-Forwarded-For", "2001:db8:0:" + Integer.toHexString(++addresses) + "::1");
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    @Override
    public void close() {
        http.close();
    }
}
