// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.plivo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.Vectors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our verdicts are those of Plivo's own SDK. */
class PlivoSignatureTest {
    private static final JsonNode VECTORS = Vectors.of(PlivoSignatureTest.class, "signatures.json");
    private static final Optional<AttemptRef> REF = Optional.of(new AttemptRef(new UUID(1, 2), 1));

    private final PlivoSignature signature =
            new PlivoSignature(new Secret(VECTORS.path("token").asText()));

    @TestFactory
    Stream<DynamicTest> verdictsOfTheSdk() {
        return Vectors.each(VECTORS.path("cases"))
                .map(vector -> DynamicTest.dynamicTest(
                        vector.path("name").asText(), () -> assertThat(signature.isGenuine(call(vector, REF)))
                                .isEqualTo(vector.path("genuine").asBoolean())));
    }

    @TestFactory
    Stream<DynamicTest> theVersionThatCoversNoBodyIsGoodOnlyForUrlsThatNobodyElseKnows() {
        return Vectors.each(VECTORS.path("cases"))
                .filter(vector -> vector.path("version").asInt() == 2)
                .map(vector -> DynamicTest.dynamicTest(vector.path("name").asText(), () -> assertThat(
                                signature.isGenuine(call(vector, Optional.empty())))
                        .isFalse()));
    }

    private static Webhook call(JsonNode vector, Optional<AttemptRef> ref) {
        String url = vector.path("url").asText();
        String header = "x-plivo-signature-v" + vector.path("version").asText();
        int mark = url.indexOf('?');
        return new Webhook(
                vector.path("method").asText(),
                url,
                FormData.decode(mark < 0 ? "" : url.substring(mark + 1)).orElseThrow(),
                Map.of(
                        header,
                        List.of(vector.path("signature").asText()),
                        header + "-nonce",
                        List.of(vector.path("nonce").asText())),
                vector.path("form").asText().getBytes(UTF_8),
                ref);
    }
}
