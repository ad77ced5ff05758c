// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static dev.carillon.server.api.ding.TestServer.CUSTOMER;
import static dev.carillon.server.api.ding.TestServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.server.verify.CreateRequest;
import dev.carillon.server.verify.DeviceType;
import dev.carillon.server.verify.Objection;
import dev.carillon.server.verify.Signals;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CreateContractTest {
    private static final UUID ID = UUID.fromString("0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20");
    private static final String PATH = "/v1/authentication";

    private final TestServer server = new TestServer();

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void pending() {
        server.verifications.created.clear();
        server.verifications.objection = Optional.empty();
        answer(Optional.empty(), Optional.of(NOW.plusSeconds(600)));
    }

    @Test
    void pendingHasAWindow() {
        JsonNode body = StrictDing.created(create(""));

        assertThat(body.toString())
                .isEqualTo(
                        "{\"authentication_uuid\":\"" + ID + "\",\"status\":\"pending\","
                                + "\"created_at\":\"2026-11-22T09:05:01.500000Z\",\"expires_at\":\"2026-11-22T09:15:01.500000Z\"}");
    }

    @Test
    void everyFieldArrives() {
        HttpResponse<String> response = server.send(server.request(PATH)
                .header("Idempotency-Key", "signup-1")
                .POST(HttpRequest.BodyPublishers.ofString(body("""
                        ,"ip":"2001:db8::7","device_id":"d-1","device_type":"ANDROID","device_model":"Pixel 9","os_version":"16",
                        "app_version":"1.2.3","app_realm":"FA+9qCX9VSu","is_returning_user":true,"sender_id":"Acme",
                        "callback_url":"https://example.com/hook","template_id":"default","correlation_id":"c-1","locale":"fr-FR",
                        "a_field_of_tomorrow":[1,{"x":null}]"""))));

        StrictDing.created(response);
        Signals signals = new Signals(
                Optional.of("2001:db8::7"),
                Optional.of("d-1"),
                Optional.of(DeviceType.ANDROID),
                Optional.of("Pixel 9"),
                Optional.of("16"),
                Optional.of("1.2.3"),
                Optional.of("FA+9qCX9VSu"),
                Optional.of(true));
        CreateRequest asked = server.verifications.created.getLast();
        assertThat(asked.number().value()).isEqualTo("+33612345678");
        assertThat(asked.signals()).isEqualTo(signals);
        assertThat(asked.senderId()).contains("Acme");
        assertThat(asked.callbackUrl()).contains("https://example.com/hook");
        assertThat(asked.templateId()).contains("default");
        assertThat(asked.correlationId()).contains("c-1");
        assertThat(asked.locale()).contains("fr-FR");
        assertThat(asked.idempotencyKey()).contains("signup-1");
    }

    @Test
    void nullIsAbsent() {
        StrictDing.created(create(",\"ip\":null,\"device_id\":null,\"is_returning_user\":null,\"locale\":null"));

        assertThat(server.verifications.created.getLast().signals()).isEqualTo(Signals.NONE);
    }

    @Test
    void aRefusalIsAnAnswerAndExplainedInHeaders() {
        answer(Optional.of(Refusal.rateLimited("number-hour", NOW.plusMillis(12_001))), Optional.empty());

        HttpResponse<String> response = create("");

        JsonNode body = StrictDing.created(response);
        assertThat(body.path("status").asText()).isEqualTo("rate_limited");
        assertThat(body.has("expires_at")).isFalse();
        assertThat(response.headers().firstValue("X-Carillon-Reason")).contains("number-hour");
        assertThat(response.headers().firstValue("Retry-After")).contains("13");
    }

    @Test
    void whatIsAvailableNowIsWorthASecond() {
        answer(Optional.of(Refusal.rateLimited("retry-after", NOW.minusSeconds(3))), Optional.empty());

        assertThat(create("").headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void spamSaysNotWhenToComeBack() {
        answer(Optional.of(Refusal.spam("block")), Optional.empty());

        HttpResponse<String> response = create("");

        assertThat(StrictDing.created(response).path("status").asText()).isEqualTo("spam_detected");
        assertThat(response.headers().firstValue("X-Carillon-Reason")).contains("block");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void anIdempotencyKeyIsOfOneRequest() {
        server.verifications.create = CreateReply.KeyReused::new;

        JsonNode body = StrictDing.refused(create(""), "bad_request");

        assertThat(body.path("message").asText()).contains("Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "é"})
    void anIdempotencyKeyIsVisibleAscii(String key) {
        String request = "POST /v1/authentication HTTP/1.1\r\nHost: x\r\nx-api-key: " + TestServer.KEY
                + "\r\nConnection: close\r\nIdempotency-Key: " + key + "\r\nContent-Length: "
                + body("").length() + "\r\n\r\n" + body("");
        assertThat(server.raw(request)).startsWith("HTTP/1.1 400 ").contains("bad_request");
    }

    @Test
    void anIdempotencyKeyIsShort() {
        assertThat(withKey("k".repeat(255)).statusCode()).isEqualTo(200);
        StrictDing.refused(withKey("k".repeat(256)), "bad_request");
    }

    @ParameterizedTest
    @EnumSource(Objection.class)
    void objectionsAreErrors(Objection objection) {
        server.verifications.objection = Optional.of(objection);

        StrictDing.refused(create(""), objection.name().toLowerCase(Locale.ROOT));
        assertThat(server.verifications.created).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"ip\":\"localhost\"' | bad_request",
                "'\"ip\":\"127.1\"' | bad_request",
                "'\"ip\":\"\"' | bad_request",
                "'\"device_type\":\"android\"' | bad_request",
                "'\"device_type\":\"IPADOS\"' | bad_request",
                "'\"device_id\":\"\"' | invalid_device_id",
                "'\"device_id\":\"a\\u0000b\"' | invalid_device_id",
                "'\"device_id\":\"\\ud800\"' | invalid_device_id",
                "'\"device_model\":\"a\\nb\"' | invalid_device_model",
                "'\"os_version\":\"\\u007f\"' | invalid_os_version",
                "'\"app_version\":\"\"' | invalid_app_version",
                "'\"app_realm\":\"FA+9qCX9VSu\"' | app_realm_require_device_type",
                "'\"app_realm\":\"FA+9qCX9VSu\",\"device_type\":\"IOS\"' | unsupported_app_realm_device_type",
                "'\"app_realm\":\"FA+9qCX9VS\",\"device_type\":\"ANDROID\"' | invalid_app_realm",
                "'\"sender_id\":\"much too long for it\"' | invalid_sender_id",
                "'\"sender_id\":\"\"' | invalid_sender_id",
                "'\"sender_id\":\"Other\"' | unauthorized_sender_id",
                "'\"template_id\":\"other\"' | invalid_template_id",
                "'\"callback_url\":\"ftp://example.com/\"' | bad_request",
                "'\"callback_url\":\"/hook\"' | bad_request",
                "'\"correlation_id\":\"a\\u0000\"' | bad_request",
                "'\"locale\":\"\"' | bad_request",
            })
    void formsAreHeld(String field, String code) {
        StrictDing.refused(create("," + field), code);
        assertThat(server.verifications.created).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.carillon.server.webhook.HostileUrls#all")
    void aCallbackUrlThatLeadsAstrayIsRefusedWithTheReason(String url, String reason) {
        JsonNode body = StrictDing.refused(
                create(",\"callback_url\":" + JsonNodeFactory.instance.textNode(url)), "bad_request");
        assertThat(body.path("message").asText()).startsWith("callback_url " + reason);
        assertThat(server.verifications.created).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "device_id, 256, invalid_device_id",
        "device_model, 128, invalid_device_model",
        "os_version, 64, invalid_os_version",
        "app_version, 64, invalid_app_version",
        "correlation_id, 256, bad_request",
        "locale, 35, bad_request"
    })
    void textsHaveALength(String field, int max, String code) {
        StrictDing.created(create(",\"" + field + "\":\"" + "x".repeat(max) + "\""));
        JsonNode body = StrictDing.refused(create(",\"" + field + "\":\"" + "x".repeat(max + 1) + "\""), code);
        assertThat(body.path("message").asText()).contains(field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip",
                "device_id",
                "device_type",
                "device_model",
                "os_version",
                "app_version",
                "app_realm",
                "sender_id",
                "callback_url",
                "template_id",
                "correlation_id",
                "locale"
            })
    void wrongTypesAreNamed(String field) {
        for (String value : new String[] {"1", "true", "{}", "[\"x\"]"}) {
            JsonNode body = StrictDing.refused(create(",\"" + field + "\":" + value), "bad_request");
            assertThat(body.path("message").asText()).isEqualTo(field + " must be a string");
        }
    }

    @Test
    void aBooleanIsABoolean() {
        JsonNode body = StrictDing.refused(create(",\"is_returning_user\":\"true\""), "bad_request");
        assertThat(body.path("message").asText()).isEqualTo("is_returning_user must be true or false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+0",
                "0612345678",
                "33612345678",
                "+33 6 12 34 56 78",
                "+33612345678;ext=1",
                "+١٢٣٤٥٦٧٨٩",
                "x\\u0000"
            })
    void numbersAreE164(String number) {
        String json = "{\"customer_uuid\":\"" + CUSTOMER + "\",\"phone_number\":\"" + number + "\"}";
        StrictDing.refused(server.post(PATH, json), "invalid_phone_number");
    }

    private HttpResponse<String> withKey(String key) {
        return server.send(server.request(PATH)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body(""))));
    }

    private HttpResponse<String> create(String more) {
        return server.post(PATH, body(more));
    }

    private static String body(String more) {
        return "{\"customer_uuid\":\"" + CUSTOMER + "\",\"phone_number\":\"+33612345678\"" + more + "}";
    }

    private void answer(Optional<Refusal> refusal, Optional<Instant> expiresAt) {
        server.verifications.create = () -> new CreateReply.Answered(ID, refusal, NOW, expiresAt);
    }
}
