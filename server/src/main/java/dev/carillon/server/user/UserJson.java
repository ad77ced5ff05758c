// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.secret.UnreadableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A user as it is stored, before it is sealed. */
final class UserJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private UserJson() {}

    static byte[] write(User user) {
        ObjectNode json = MAPPER.createObjectNode()
                .put("first", user.firstVisit().toEpochMilli())
                .put("last", user.lastVisit().toEpochMilli());
        ArrayNode numbers = json.putArray("numbers");
        for (VerifiedNumber number : user.numbers()) {
            numbers.addObject()
                    .put("id", number.id().toString())
                    .put("e164", number.e164())
                    .put("region", number.region())
                    .put("at", number.verifiedAt().toEpochMilli());
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    static User read(UUID id, UUID environment, byte[] body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            List<VerifiedNumber> numbers = new ArrayList<>();
            json.path("numbers")
                    .forEach(number -> numbers.add(new VerifiedNumber(
                            UUID.fromString(number.path("id").asText()),
                            number.path("e164").asText(),
                            number.path("region").asText(),
                            time(number, "at"))));
            return new User(id, environment, numbers, time(json, "first"), time(json, "last"));
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableException("a user has an unknown form");
        }
    }

    private static Instant time(JsonNode json, String name) {
        return Instant.ofEpochMilli(json.path(name).asLong());
    }
}
