// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telnyx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.Vectors;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our verdicts are those of Telnyx's own SDK. */
class TelnyxSignatureTest {
    private static final JsonNode VECTORS = Vectors.of(TelnyxSignatureTest.class, "signatures.json");

    @TestFactory
    Stream<DynamicTest> verdictsOfTheSdk() {
        TelnyxSignature signature = TelnyxSignature.of(VECTORS.path("publicKey").asText());
        return Vectors.each(VECTORS.path("cases"))
                .map(vector -> DynamicTest.dynamicTest(vector.path("name").asText(), () -> {
                    Instant now = Instant.ofEpochSecond(vector.path("now").asLong());
                    assertThat(signature.doubt(call(vector), now).isEmpty())
                            .isEqualTo(vector.path("genuine").asBoolean());
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "%%%", "not a key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="})
    void whatIsNoKeyIsSaidToBeNone(String text) {
        assertThatThrownBy(() -> TelnyxSignature.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("is not an Ed25519 key of 32 bytes in base64");
    }

    private static Webhook call(JsonNode vector) {
        return new Webhook(
                "POST",
                "https://verify.example.com/hooks/t",
                Map.of(),
                Map.of(
                        TelnyxSignature.SIGNATURE,
                                List.of(vector.path("signature").asText()),
                        TelnyxSignature.TIMESTAMP,
                                List.of(vector.path("timestamp").asText())),
                vector.path("body").asText().getBytes(UTF_8),
                Optional.empty());
    }
}
