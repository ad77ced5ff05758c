// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.sinch;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SinchTest extends HttpConnectionContract {
    private static final Secret SECRET = new Secret("webh00k-secret");
    private static final String NONCE = "01JD9S";

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new SinchKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "base_url",
                provider.url().toString(),
                "service_plan_id",
                "plan_1",
                "api_token",
                "t0ken-f00d",
                "webhook_secret",
                SECRET.value());
    }

    @Override
    protected List<String> mandatory() {
        return List.of("service_plan_id", "api_token");
    }

    @Override
    protected List<String> secrets() {
        return List.of("t0ken-f00d", SECRET.value());
    }

    @Override
    protected Answer accepting() {
        return json(201, "{\"id\":\"01FC\",\"to\":[\"" + DIGITS + "\"],\"from\":\"Acme\",\"canceled\":false}");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return SendResult.Accepted.plain();
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /xms/v1/plan_1/batches");
        assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken-f00d");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"from":"Acme","to":["%s"],"body":"%s","type":"mt_text","expire_at":"2026-11-22T09:10:01Z",
                 "client_reference":"%s","delivery_report":"per_recipient","callback_url":"%s"}
                """.formatted(DIGITS, TEXT, REF.encoded(), CALLBACK)));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                new Refusal("syntax", error(400, "syntax_invalid_parameter_format"), Outcome.FAULT),
                new Refusal("constraint", error(400, "syntax_constraint_violation"), Outcome.FAULT),
                new Refusal("credentials", error(401, "unauthorized"), Outcome.FAULT),
                new Refusal("forbidden", error(403, "missing_callback_url"), Outcome.FAULT),
                new Refusal("rate", error(429, "too_many_requests"), Outcome.FAULT),
                new Refusal("no id", json(201, "{\"to\":[]}"), Outcome.UNKNOWN));
    }

    private static Answer error(int status, String code) {
        return json(status, "{\"code\":\"" + code + "\",\"text\":\"Wrong: " + DIGITS + "\"}");
    }

    @Override
    protected List<Told> told() {
        List<Told> told = new ArrayList<>();
        Map.of(
                        "Queued", DeliveryStatus.SUBMITTED,
                        "Dispatched", DeliveryStatus.IN_TRANSIT,
                        "Delivered", DeliveryStatus.DELIVERED,
                        "Failed", DeliveryStatus.UNDELIVERABLE,
                        "Expired", DeliveryStatus.UNDELIVERABLE,
                        "Rejected", DeliveryStatus.UNDELIVERABLE,
                        "Deleted", DeliveryStatus.UNDELIVERABLE,
                        "Aborted", DeliveryStatus.NOT_SENT,
                        "Cancelled", DeliveryStatus.NOT_SENT,
                        "Unknown", DeliveryStatus.UNKNOWN)
                .forEach((status, meaning) -> told.add(new Told(
                        status,
                        signed(
                                "{\"type\":\"recipient_delivery_report_sms\",\"batch_id\":\"01FC\",\"code\":0,\"status\":\""
                                        + status + "\"}"),
                        List.of(Receipt.of(ours(), meaning, NOW)))));
        String whole = "{\"type\":\"recipient_delivery_report_sms\",\"batch_id\":\"01FC\",\"recipient\":\"" + DIGITS
                + "\",\"code\":406,\"status\":\"Failed\",\"at\":\"2026-11-22T09:05:00.900Z\",\"operator_status_at\":"
                + "\"2026-11-22T09:04:59Z\",\"operator\":\"23415\",\"client_reference\":\"" + REF.encoded() + "\"}";
        Receipt receipt = new Receipt(
                ours(),
                DeliveryStatus.UNDELIVERABLE,
                Instant.parse("2026-11-22T09:04:59Z"),
                Optional.of(new Network("23415")),
                Optional.empty(),
                Optional.of("406"));
        told.add(new Told("whole", signed(whole), List.of(receipt)));
        told.add(new Told("to the account", postedToAccount(whole, headers(whole, NOW)), List.of(receipt)));
        told.add(new Told("another kind of event", signed("{\"type\":\"mo_text\",\"id\":\"1\"}"), List.of()));
        return told;
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(signed(""), signed("{}"));
    }

    @Override
    protected List<String> signatureHeaders() {
        return List.of(SinchSignature.SIGNATURE, SinchSignature.NONCE, SinchSignature.TIMESTAMP);
    }

    @Override
    protected Optional<Webhook> signedAt(Instant time) {
        String body = "{\"type\":\"recipient_delivery_report_sms\",\"status\":\"Delivered\"}";
        return Optional.of(posted(body, headers(body, time)));
    }

    private static Webhook signed(String body) {
        return posted(body, headers(body, NOW));
    }

    private static Map<String, String> headers(String body, Instant time) {
        String timestamp = Long.toString(time.getEpochSecond());
        byte[] hash = Hmac.SHA256.of(SECRET, (body + "." + NONCE + "." + timestamp).getBytes(UTF_8));
        return Map.of(
                SinchSignature.SIGNATURE,
                Signatures.base64(hash),
                SinchSignature.NONCE,
                NONCE,
                SinchSignature.TIMESTAMP,
                timestamp);
    }

    @Test
    void aCallCanBeTakenOnlyOnce() {
        assertThat(open().webhook(signed("{\"type\":\"mo_text\"}")))
                .isEqualTo(new WebhookReply.Receipts(List.of(), Optional.of(NONCE)));
    }

    @Test
    void withoutASecretOnlyAnAttemptsOwnUrlIsGood() {
        Map<String, Object> options = new HashMap<>(options());
        options.remove("webhook_secret");
        String body = "{\"type\":\"recipient_delivery_report_sms\",\"status\":\"Delivered\",\"client_reference\":\""
                + REF.encoded() + "\"}";
        assertThat(open(options).webhook(posted(body, Map.of())))
                .isEqualTo(new WebhookReply.Receipts(List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, NOW))));
        assertThat(open(options).webhook(postedToAccount(body, Map.of()))).isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void mistakesInOptionsAreNamed() {
        assertThatThrownBy(() -> open(with("region", "mars"))).hasMessage("region must be one of us, eu, au, br, ca");
        assertThatThrownBy(() -> open(with("service_plan_id", "a/b"))).hasMessageStartingWith("service_plan_id ");
    }
}
