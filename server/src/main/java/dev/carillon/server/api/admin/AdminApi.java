// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.carillon.server.delivery.simulator.Inbox;
import dev.carillon.server.delivery.simulator.SimulatedMessage;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The operator's port. */
public final class AdminApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_MESSAGES = 1000;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final Supplier<String> metrics;
    private final Inbox inbox;

    /**
     * Puts the API together.
     *
     * @param metrics all meters in the text form of Prometheus
     */
    public AdminApi(Health health, Supplier<String> metrics, Inbox inbox) {
        this.health = health;
        this.metrics = metrics;
        this.inbox = inbox;
    }

    public HttpRouting.Builder register(HttpRouting.Builder routing) {
        return routing.get("/health/live", (_, response) -> json(response, 200, "{\"status\":\"up\"}"))
                .get("/health/ready", (_, response) -> ready(response))
                .get("/metrics", (_, response) -> response.header(HeaderNames.CONTENT_TYPE, METRICS_TYPE)
                        .send(metrics.get()))
                .get("/simulator/messages", this::messages)
                .any((_, response) -> json(response, 404, "{\"message\":\"there is nothing at this path\"}"));
    }

    private void ready(ServerResponse response) throws JsonProcessingException {
        Map<String, Boolean> answers = health.answers();
        boolean ready = answers.values().stream().allMatch(answer -> answer);
        json(
                response,
                ready ? 200 : 503,
                JSON.writeValueAsString(Map.of("status", ready ? "up" : "down", "checks", answers)));
    }

    /** {@code ?to=} takes a literal {@code +} as well as {@code %2B}: nobody means a space before a number. */
    private void messages(ServerRequest request, ServerResponse response) throws JsonProcessingException {
        Optional<String> to = request.query().first("to").asOptional().map(text -> text.replace(' ', '+'));
        ArrayNode messages = JSON.createArrayNode();
        for (SimulatedMessage message : inbox.messages(to, MAX_MESSAGES)) {
            messages.addObject()
                    .put("to", message.to())
                    .put("channel", message.channel().name().toLowerCase(Locale.ROOT))
                    .put("sender_id", message.senderId())
                    .put("text", message.text())
                    .put("code", message.code())
                    .put("sent_at", message.sentAt().toString());
        }
        json(response, 200, JSON.writeValueAsString(messages));
    }

    private static void json(ServerResponse response, int status, String body) {
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(body);
    }
}
