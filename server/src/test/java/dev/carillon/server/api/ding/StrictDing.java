// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reads answers as strictly as the strictest official client does in each respect: success is 200 and nothing else and typed errors
 * are 400 and nothing else (the generated clients), the media type is exact (the same), no field is null (zod), no field is
 * unknown and none that ding-node requires is missing (superstruct), events are told apart by their sets of fields
 * (ding-golang), times have a fraction and a Z (ding-ruby), every word is one of a closed set (all).
 */
final class StrictDing {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    static final Set<String> CODES = Set.of(
            "account_invalid",
            "app_realm_require_device_type",
            "bad_request",
            "blocked_number",
            "duplicated_feedback_status",
            "internal_server_error",
            "invalid_app_realm",
            "invalid_app_version",
            "invalid_auth_uuid",
            "invalid_device_id",
            "invalid_device_model",
            "invalid_feedback_status",
            "invalid_line",
            "invalid_os_version",
            "invalid_phone_number",
            "invalid_sender_id",
            "invalid_template_id",
            "negative_balance",
            "no_associated_auth_found",
            "suspended_account",
            "unauthorized_sender_id",
            "unsupported_app_realm_device_type",
            "unsupported_region");
    private static final Set<String> CREATE_STATUSES = Set.of("pending", "rate_limited", "spam_detected");
    private static final Set<String> CHECK_STATUSES = Set.of(
            "unknown", "valid", "invalid", "without_attempt", "rate_limited", "already_validated", "expired_auth");
    private static final Set<String> RETRY_STATUSES =
            Set.of("approved", "denied", "no_attempt", "rate_limited", "expired_auth", "already_validated");
    static final Set<String> LINE_TYPES = Set.of(
            ("CallingCards FixedLine InternetServiceProvider LocalRate Mobile Other Pager PayPhone PremiumRate Satellite"
                            + " Service SharedCost ShortCodesCommercial TollFree UniversalAccess Unknown VPN VoiceMail Voip")
                    .split(" "));
    private static final Map<String, Set<String>> EVENT_FIELDS = Map.of(
            "attempt",
            Set.of("type", "created_at", "id", "content", "sender_id", "capability", "attempt_number", "status"),
            "check",
            Set.of("type", "created_at", "id", "code", "status"),
            "delivery_status",
            Set.of("type", "created_at", "status", "attempt_id", "attempt_number", "originated_at"));
    private static final Map<String, Set<String>> EVENT_STATUSES = Map.of(
            "attempt", Set.of("pending", "delivered", "failed", "rate_limited", "expired"),
            "check", CHECK_STATUSES,
            "delivery_status", Set.of("unknown", "submitted", "in_transit", "delivered", "undeliverable"));
    private static final Set<String> CAPABILITIES = Set.of("rcs", "text", "whatsapp", "viber", "zalo", "telegram");

    private StrictDing() {}

    static JsonNode created(HttpResponse<String> response) {
        JsonNode body = success(response);
        keys(body, Set.of("authentication_uuid", "status", "created_at"), Set.of("expires_at"));
        uuid(body, "authentication_uuid");
        assertThat(CREATE_STATUSES).contains(text(body, "status"));
        times(body, "created_at", "expires_at");
        return body;
    }

    static JsonNode checked(HttpResponse<String> response) {
        JsonNode body = success(response);
        keys(body, Set.of("authentication_uuid", "status"), Set.of());
        uuid(body, "authentication_uuid");
        assertThat(CHECK_STATUSES).contains(text(body, "status"));
        return body;
    }

    static JsonNode retried(HttpResponse<String> response) {
        JsonNode body = success(response);
        keys(body, Set.of("authentication_uuid", "status", "created_at", "next_retry_at", "remaining_retry"), Set.of());
        uuid(body, "authentication_uuid");
        assertThat(RETRY_STATUSES).contains(text(body, "status"));
        times(body, "created_at", "next_retry_at");
        assertThat(body.get("remaining_retry").isInt()).isTrue();
        assertThat(body.get("remaining_retry").intValue()).isNotNegative();
        return body;
    }

    static JsonNode fedBack(HttpResponse<String> response) {
        JsonNode body = success(response);
        keys(body, Set.of("uuid"), Set.of());
        uuid(body, "uuid");
        return body;
    }

    static JsonNode told(HttpResponse<String> response) {
        JsonNode body = success(response);
        keys(
                body,
                Set.of("uuid", "phone_number", "created_at", "events"),
                Set.of("template_id", "correlation_id", "signals"));
        uuid(body, "uuid");
        times(body, "created_at");
        if (body.has("signals")) {
            signals(body.get("signals"));
        }
        assertThat(body.get("events").isArray()).isTrue();
        body.get("events").forEach(StrictDing::event);
        return body;
    }

    static JsonNode lookedUp(HttpResponse<String> response) {
        JsonNode body = success(response);
        keys(
                body,
                Set.of("phone_number", "line_type"),
                Set.of(
                        "caller_name",
                        "carrier",
                        "country_code",
                        "mcc",
                        "mnc",
                        "number_ported",
                        "temporary_phone_number"));
        assertThat(LINE_TYPES).contains(text(body, "line_type"));
        return body;
    }

    /** An error whose code the clients read. */
    static JsonNode refused(HttpResponse<String> response, String code) {
        JsonNode body = error(response, 400);
        assertThat(text(body, "code")).isEqualTo(code);
        return body;
    }

    /** An error in the shape that ding-node wants for any status. */
    static JsonNode error(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode body = json(response);
        keys(body, Set.of("code", "message", "doc_url"), Set.of());
        assertThat(CODES).contains(text(body, "code"));
        assertThat(text(body, "message")).isNotBlank();
        assertThat(text(body, "doc_url")).endsWith("#" + text(body, "code"));
        return body;
    }

    static void forbidden(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("{\"message\":\"Forbidden\"}");
        json(response);
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode success(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static JsonNode json(HttpResponse<String> response) {
        assertThat(response.headers().allValues("content-type")).isEqualTo(List.of("application/json"));
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        JsonNode body = parse(response.body());
        noNulls(body);
        OpenApiSchemas.accept(response, body);
        return body;
    }

    private static void event(JsonNode event) {
        String type = text(event, "type");
        assertThat(EVENT_FIELDS).containsKey(type);
        keys(event, EVENT_FIELDS.getOrDefault(type, Set.of()), Set.of());
        assertThat(EVENT_STATUSES.getOrDefault(type, Set.of())).contains(text(event, "status"));
        times(event, "created_at", "originated_at");
        if (type.equals("attempt")) {
            assertThat(CAPABILITIES).contains(text(event, "capability"));
        }
        if (event.has("attempt_number")) {
            assertThat(event.get("attempt_number").isInt()).isTrue();
        }
    }

    private static void signals(JsonNode signals) {
        Set<String> texts =
                Set.of("ip", "device_id", "device_type", "app_version", "app_realm", "os_version", "device_model");
        for (Map.Entry<String, JsonNode> field : signals.properties()) {
            if (field.getKey().equals("is_returning_user")) {
                assertThat(field.getValue().isBoolean()).isTrue();
            } else {
                assertThat(texts).contains(field.getKey());
                assertThat(field.getValue().isTextual()).isTrue();
            }
        }
        if (signals.has("device_type")) {
            assertThat(Set.of("IOS", "ANDROID", "WEB")).contains(text(signals, "device_type"));
        }
    }

    private static void keys(JsonNode object, Set<String> required, Set<String> optional) {
        Set<String> keys = new HashSet<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        assertThat(keys).containsAll(required);
        keys.removeAll(required);
        assertThat(optional).containsAll(keys);
    }

    private static void noNulls(JsonNode node) {
        assertThat(node.isNull()).isFalse();
        node.forEach(StrictDing::noNulls);
    }

    private static void times(JsonNode object, String... names) {
        for (String name : names) {
            if (object.has(name)) {
                // DateTime.strptime(s, '%Y-%m-%dT%H:%M:%S.%NZ')
                assertThat(text(object, name)).matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{6}Z");
            }
        }
    }

    private static void uuid(JsonNode object, String name) {
        String text = text(object, name);
        assertThat(text).isEqualTo(UUID.fromString(text).toString());
    }

    private static String text(JsonNode object, String name) {
        assertThat(object.path(name).isTextual()).as(name).isTrue();
        return object.path(name).textValue();
    }
}
