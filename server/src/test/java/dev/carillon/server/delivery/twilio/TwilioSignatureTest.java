// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TwilioSignatureTest {
    private final JsonNode vectors = Vectors.of(TwilioSignatureTest.class, "signatures.json");
    private final TwilioSignature signature =
            new TwilioSignature(new Secret(vectors.path("auth_token").asText()));

    @TestFactory
    Stream<DynamicTest> formsOfTwiliosOwnLibrary() {
        return vectors.path("forms")
                .valueStream()
                .map(vector -> dynamicTest(vector.path("name").asText(), () -> {
                    String body = form(vector.path("form"));
                    assertThat(signature.verify(call(vector, body))).isPresent();
                    assertThat(signature.verify(call(vector, body + "&x=1"))).isEmpty();
                    assertThat(new TwilioSignature(new Secret("another")).verify(call(vector, body)))
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> otherBodiesOfTwiliosOwnLibrary() {
        return vectors.path("json")
                .valueStream()
                .map(vector -> dynamicTest(vector.path("name").asText(), () -> {
                    String body = vector.path("body").asText();
                    assertThat(signature.verify(call(vector, body)).orElseThrow())
                            .containsEntry("Größe", List.of("€"));
                    assertThat(signature.verify(call(vector, body + " "))).isEmpty();
                    // The hash is of a body: a form must be signed itself.
                    assertThat(signature.verify(call(vector, "MessageStatus=delivered")))
                            .isEmpty();
                }));
    }

    private static Webhook call(JsonNode vector, String body) {
        String url = vector.path("url").asText();
        int mark = url.indexOf('?');
        return new Webhook(
                "POST",
                url,
                FormData.decode(mark < 0 ? "" : url.substring(mark + 1)).orElseThrow(),
                Map.of("x-twilio-signature", List.of(vector.path("signature").asText())),
                body.getBytes(UTF_8),
                Optional.empty());
    }

    private static String form(JsonNode fields) {
        List<String> pairs = new ArrayList<>();
        fields.properties().forEach(field -> {
            JsonNode values = field.getValue();
            (values.isArray() ? values.valueStream() : Stream.of(values))
                    .forEach(value -> pairs.add(FormData.encode(Map.of(field.getKey(), value.asText()))));
        });
        return String.join("&", pairs);
    }
}
