// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** An environment as it is stored, before it is sealed. */
final class EnvironmentJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private EnvironmentJson() {}

    static String write(Environment environment) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("id", environment.id().toString())
                .put("name", environment.name())
                .put("lifetime", environment.tokenLifetime().toSeconds())
                .put("enabled", environment.enabled());
        ArrayNode origins = json.putArray("origins");
        environment.origins().forEach(origins::add);
        environment.sandboxCode().ifPresent(code -> json.put("sandbox", code));
        environment.captcha().ifPresent(captcha -> {
            ObjectNode node = json.putObject("captcha")
                    .put("provider", captcha.provider().text())
                    .put("siteKey", captcha.siteKey())
                    .put("secret", captcha.secret());
            captcha.action().ifPresent(action -> node.put("action", action));
        });
        ArrayNode keys = json.putArray("keys");
        environment.keys().forEach(key -> keys.addObject()
                .put("id", key.id())
                .put("algorithm", key.algorithm().text())
                .put("jwk", key.jwk())
                .put("from", key.activeFrom().toEpochMilli()));
        return json.toString();
    }

    /** @throws IllegalArgumentException when it is none */
    static Environment read(String text) throws JsonProcessingException {
        JsonNode json = MAPPER.readTree(text);
        Set<String> origins = new TreeSet<>();
        json.path("origins").forEach(origin -> origins.add(origin.asText()));
        List<SigningKey> keys = new ArrayList<>();
        json.path("keys")
                .forEach(key -> keys.add(new SigningKey(
                        key.path("id").asText(),
                        TokenAlgorithm.of(key.path("algorithm").asText()),
                        key.path("jwk").asText(),
                        Instant.ofEpochMilli(key.path("from").asLong()))));
        return new Environment(
                UUID.fromString(json.path("id").asText()),
                json.path("name").asText(),
                origins,
                json.has("captcha") ? Optional.of(captcha(json.path("captcha"))) : Optional.empty(),
                Duration.ofSeconds(json.path("lifetime").asLong()),
                text(json, "sandbox"),
                json.path("enabled").asBoolean(),
                keys);
    }

    private static CaptchaSettings captcha(JsonNode json) {
        return new CaptchaSettings(
                CaptchaProvider.of(json.path("provider").asText()),
                json.path("siteKey").asText(),
                json.path("secret").asText(),
                text(json, "action"));
    }

    private static Optional<String> text(JsonNode json, String name) {
        return json.has(name) ? Optional.of(json.path(name).asText()) : Optional.empty();
    }
}
