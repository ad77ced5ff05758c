// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.messagebird;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.Vectors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our verdicts are those of MessageBird's own SDK. */
class MessageBirdSignatureTest {
    private static final JsonNode VECTORS = Vectors.of(MessageBirdSignatureTest.class, "signatures.json");

    @TestFactory
    Stream<DynamicTest> verdictsOfTheSdk() {
        MessageBirdSignature signature =
                new MessageBirdSignature(new Secret(VECTORS.path("key").asText()));
        Instant now = Instant.ofEpochSecond(VECTORS.path("now").asLong());
        return Vectors.each(VECTORS.path("cases"))
                .map(vector -> DynamicTest.dynamicTest(vector.path("name").asText(), () -> assertThat(
                                signature.verify(call(vector), now).isPresent())
                        .isEqualTo(vector.path("genuine").asBoolean())));
    }

    private static Webhook call(JsonNode vector) {
        return new Webhook(
                "GET",
                vector.path("url").asText(),
                Map.of(),
                Map.of("messagebird-signature-jwt", List.of(vector.path("token").asText())),
                vector.path("body").asText().getBytes(UTF_8),
                Optional.empty());
    }
}
