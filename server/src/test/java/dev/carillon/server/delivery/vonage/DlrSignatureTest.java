// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.Vectors;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class DlrSignatureTest {
    private final JsonNode vectors = Vectors.of(DlrSignatureTest.class, "sms-signatures.json");
    private final Secret secret = new Secret(vectors.path("signature_secret").asText());

    @TestFactory
    Stream<DynamicTest> signaturesOfVonagesOwnLibrary() {
        return vectors.path("cases")
                .valueStream()
                .map(vector -> dynamicTest(vector.path("name").asText(), () -> {
                    DlrSignature.Method method = DlrSignature.Method.valueOf(
                            vector.path("method").asText().toUpperCase(Locale.ROOT));
                    Map<String, String> parameters = new HashMap<>();
                    vector.path("parameters")
                            .properties()
                            .forEach(field -> parameters.put(
                                    field.getKey(), field.getValue().asText()));
                    DlrSignature signature = new DlrSignature(secret, method);

                    assertThat(signature.verify(parameters)).isFalse();
                    String sig = vector.path("sig").asText();
                    parameters.put("sig", sig);
                    assertThat(signature.verify(parameters)).isTrue();
                    parameters.put("sig", sig.toUpperCase(Locale.ROOT));
                    assertThat(signature.verify(parameters)).isTrue();
                    assertThat(new DlrSignature(new Secret("another"), method).verify(parameters))
                            .isFalse();
                    parameters.put("status", "failed");
                    assertThat(signature.verify(parameters)).isFalse();
                }));
    }
}
