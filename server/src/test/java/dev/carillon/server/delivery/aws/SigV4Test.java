// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Vectors;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Signatures are those of AWS's own test suite. */
class SigV4Test {
    private static final JsonNode SUITE = Vectors.of(SigV4Test.class, "sigv4.json");

    @TestFactory
    Stream<DynamicTest> theSuiteOfAws() {
        return Vectors.each(SUITE.path("cases"))
                .map(vector ->
                        DynamicTest.dynamicTest(vector.path("name").asText(), () -> assertSignature(SUITE, vector)));
    }

    @Test
    void aMessageIsSignedAsAnotherImplementationDoes() {
        JsonNode vector = SUITE.path("sendTextMessage");
        assertSignature(vector, vector);
    }

    private static void assertSignature(JsonNode scope, JsonNode vector) {
        String query = vector.path("query").asText();
        Map<String, String> headers = new LinkedHashMap<>();
        vector.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        HttpCall call = new HttpCall(
                vector.path("method").asText(),
                URI.create(scope.path("url").asText() + (query.isEmpty() ? "" : "?" + query)),
                headers,
                vector.path("body").asText());
        String region = scope.path("region").asText();
        String service = scope.path("service").asText();
        Instant time = Instant.parse(scope.path("time").asText());
        AwsCredentials credentials = new AwsCredentials(
                SUITE.path("accessKeyId").asText(),
                new Secret(SUITE.path("secretAccessKey").asText()),
                JsonTree.text(vector, "/sessionToken").map(Secret::new));

        HttpCall signed = new SigV4(credentials, region, service).sign(call, time);

        assertThat(signed.headers().get("Authorization"))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"
                        + time.toString().substring(0, 10).replace("-", "") + "/" + region + "/" + service
                        + "/aws4_request, SignedHeaders="
                        + vector.path("signedHeaders").asText() + ", Signature="
                        + vector.path("signature").asText());
        assertThat(signed.body()).isEqualTo(call.body());
        assertThat(signed.url()).isEqualTo(call.url());
    }
}
