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
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The operator's port. */
public final class AdminApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MAX_MESSAGES = 1000;
    private static final int MAX_WAIT_SECONDS = 30;
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
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

    private void messages(ServerRequest request, ServerResponse response) throws JsonProcessingException {
        Optional<String> after = parameter(request, "after");
        Optional<String> wait = parameter(request, "wait");
        if (!isCount(after, Long.MAX_VALUE) || !isCount(wait, MAX_WAIT_SECONDS)) {
            json(
                    response,
                    400,
                    "{\"message\":\"after is the id of a message, wait a number of seconds up to " + MAX_WAIT_SECONDS
                            + "\"}");
            return;
        }
        // A literal + is taken as well as %2B: nobody means a space before a number.
        Optional<String> to = parameter(request, "to").map(text -> text.replace(' ', '+'));
        List<SimulatedMessage> found = after.isPresent() || wait.isPresent()
                ? inbox.after(
                        after.map(Long::valueOf).orElse(0L),
                        to,
                        MAX_MESSAGES,
                        Duration.ofSeconds(wait.map(Long::valueOf).orElse(0L)))
                : inbox.messages(to, MAX_MESSAGES);
        ArrayNode messages = JSON.createArrayNode();
        for (SimulatedMessage message : found) {
            messages.addObject()
                    .put("id", message.id())
                    .put("to", message.to())
                    .put("channel", message.channel().name().toLowerCase(Locale.ROOT))
                    .put("sender_id", message.senderId())
                    .put("text", message.text())
                    .put("code", message.code())
                    .put("sent_at", message.sentAt().toString());
        }
        json(response, 200, JSON.writeValueAsString(messages));
    }

    private static Optional<String> parameter(ServerRequest request, String name) {
        return request.query().first(name).asOptional();
    }

    /** Whether it is a whole number from 0 to {@code most}, or not there. */
    private static boolean isCount(Optional<String> text, long most) {
        return text.isEmpty() || (COUNT.matcher(text.get()).matches() && Long.parseLong(text.get()) <= most);
    }

    private static void json(ServerResponse response, int status, String body) {
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(body);
    }
}
