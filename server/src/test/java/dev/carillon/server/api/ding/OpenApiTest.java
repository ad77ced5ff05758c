// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.RetryReply;
import dev.carillon.server.verify.DeviceType;
import dev.carillon.server.verify.Story;
import dev.carillon.server.webhook.ReceiverUrl;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Holds our OpenAPI document against the code and the running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
    private static final JsonNode DOCUMENT = OpenApiSchemas.DOCUMENT;

    private final TestServer server = new TestServer();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void itIsServedWithoutAKey() {
        HttpResponse<String> response = server.send(HttpRequest.newBuilder(
                server.request("/v1/openapi.yaml").build().uri()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/yaml");
        assertThat(response.body()).startsWith("# SPDX").contains("openapi: 3.1.0");
    }

    @Test
    void everyDocumentedOperationAnswersAndEveryOtherMethodDoesNot() {
        for (Map.Entry<String, JsonNode> path : DOCUMENT.path("paths").properties()) {
            String concrete = "/v1" + path.getKey().replaceAll("\\{[^}]*}", "x");
            for (String method : Set.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
                int status = server.send(server.request(concrete).method(method, HttpRequest.BodyPublishers.noBody()))
                        .statusCode();
                boolean documented = path.getValue().has(method.toLowerCase(Locale.ROOT));
                assertThat(status != 404 && status != 405)
                        .as("%s %s: %s", method, concrete, status)
                        .isEqualTo(documented);
            }
        }
    }

    @Test
    void examplesAreWhatTheSchemasSay() {
        for (JsonNode path : DOCUMENT.path("paths")) {
            for (JsonNode operation : path) {
                example(operation.at("/requestBody/content/application~1json"));
                operation
                        .path("responses")
                        .forEach(
                                answer -> example(OpenApiSchemas.resolve(answer).at("/content/application~1json")));
            }
        }
    }

    @Test
    void everyWordIsTheCodes() {
        words("/CreateAuthenticationResponse/properties/status", Set.of("pending", "rate_limited", "spam_detected"));
        words("/CheckStatus", CheckResult.values(), Names::of);
        words("/RetryAuthenticationResponse/properties/status", RetryReply.Result.values(), Names::of);
        words("/AttemptEvent/properties/capability", Channel.values(), Names::of);
        words("/AttemptEvent/properties/status", Story.AttemptStatus.values(), Names::of);
        words("/DeliveryStatusEvent/properties/status", DeliveryStatus.values(), Names::of);
        words("/Signals/properties/device_type", DeviceType.values(), Names::of);
        words("/CreateAuthenticationRequest/properties/device_type", DeviceType.values(), Names::of);
        words("/LookupResponse/properties/line_type", LineType.values(), Names::of);
        words("/ErrorCode", StrictDing.CODES);
        words("/SpendingLimitResponse/properties/code", Set.of(ErrorCode.SPENDING_LIMIT_EXCEEDED.wire()));
    }

    @Test
    void everyErrorCodeIsExplained() {
        JsonNode explained = DOCUMENT.at("/components/schemas/ErrorCode/x-enum-descriptions");

        assertThat(explained.properties().stream().map(Map.Entry::getKey)).hasSameElementsAs(StrictDing.CODES);
    }

    @Test
    void everyLengthIsTheCodes() {
        assertThat(length("device_id")).isEqualTo(CreateRules.MAX_DEVICE_ID);
        assertThat(length("device_model")).isEqualTo(CreateRules.MAX_DEVICE_MODEL);
        assertThat(length("os_version")).isEqualTo(CreateRules.MAX_VERSION);
        assertThat(length("app_version")).isEqualTo(CreateRules.MAX_VERSION);
        assertThat(length("callback_url")).isEqualTo(ReceiverUrl.MAX_LENGTH);
        assertThat(length("correlation_id")).isEqualTo(CreateRules.MAX_CORRELATION_ID);
        assertThat(length("template_id")).isEqualTo(CreateRules.MAX_TEMPLATE_ID);
        assertThat(length("locale")).isEqualTo(CreateRules.MAX_LOCALE);
    }

    @Test
    void thePageHasAnAnchorForEveryCodeAndLoadsNothing() {
        HttpResponse<String> response = server.get("/v1/docs");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(response.headers().firstValue("content-security-policy")).isPresent();
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(response.body()).containsOnlyOnce("id=\"" + code.wire() + "\"");
        }
        assertThat(response.body()).doesNotContain("<script", "<link", "src=", "$ref");
    }

    private static void example(JsonNode content) {
        if (content.has("example")) {
            assertThat(OpenApiSchemas.valid(content.path("schema"), content.path("example")))
                    .as(content.path("example").toString())
                    .isEmpty();
        }
    }

    private static int length(String field) {
        return DOCUMENT.at("/components/schemas/CreateAuthenticationRequest/properties/" + field + "/maxLength")
                .asInt();
    }

    private static <E> void words(String schema, E[] values, Function<E, String> name) {
        words(schema, Arrays.stream(values).map(name).collect(Collectors.toSet()));
    }

    private static void words(String schema, Set<String> words) {
        Set<String> documented = new HashSet<>();
        DOCUMENT.at("/components/schemas" + schema + "/enum").forEach(word -> documented.add(word.asText()));
        assertThat(documented).as(schema).isEqualTo(words);
    }
}
