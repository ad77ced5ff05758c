// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.sinch;

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

/** Our verdicts are those of Sinch's own SDK. */
class SinchSignatureTest {
    private static final JsonNode VECTORS = Vectors.of(SinchSignatureTest.class, "signatures.json");

    @TestFactory
    Stream<DynamicTest> verdictsOfTheSdk() {
        SinchSignature signature =
                new SinchSignature(new Secret(VECTORS.path("secret").asText()));
        Instant now = Instant.ofEpochSecond(VECTORS.path("now").asLong());
        return Vectors.each(VECTORS.path("cases"))
                .map(vector -> DynamicTest.dynamicTest(vector.path("name").asText(), () -> assertThat(
                                signature.doubt(call(vector), now).isEmpty())
                        .isEqualTo(vector.path("genuine").asBoolean())));
    }

    private static Webhook call(JsonNode vector) {
        return new Webhook(
                "POST",
                "https://verify.example.com/hooks/s",
                Map.of(),
                Map.of(
                        SinchSignature.SIGNATURE,
                                List.of(vector.path("signature").asText()),
                        SinchSignature.NONCE, List.of(vector.path("nonce").asText()),
                        SinchSignature.TIMESTAMP,
                                List.of(vector.path("timestamp").asText())),
                vector.path("body").asText().getBytes(UTF_8),
                Optional.empty());
    }
}
