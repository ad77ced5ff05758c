// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.messagebird;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class BirdTest extends HttpConnectionContract {
    private static final Secret KEY = new Secret("s1gning-key");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new BirdKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "base_url", provider.url().toString(),
                "access_key", "acc3ss-key",
                "workspace_id", "a1405560-c8d3",
                "channel_id", "c0bd4b6a-2f4e",
                "signing_key", KEY.value());
    }

    @Override
    protected List<String> mandatory() {
        return List.of("access_key", "workspace_id", "channel_id");
    }

    @Override
    protected List<String> secrets() {
        return List.of("acc3ss-key", KEY.value());
    }

    @Override
    protected Answer accepting() {
        return json(202, "{\"id\":\"96a0b5fa\",\"channelId\":\"c0bd4b6a-2f4e\",\"status\":\"accepted\"}");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return new SendResult.Accepted(Optional.of("96a0b5fa"), Optional.empty());
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method() + " " + request.path())
                .isEqualTo("POST /workspaces/a1405560-c8d3/channels/c0bd4b6a-2f4e/messages");
        assertThat(request.header("Authorization")).isEqualTo("AccessKey acc3ss-key");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"receiver":{"contacts":[{"identifierKey":"phonenumber","identifierValue":"+%s"}]},
                 "body":{"type":"text","text":{"text":"%s"}},"reference":"%s"}
                """.formatted(DIGITS, TEXT, REF.encoded())));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                new Refusal("payload", error(422, "InvalidPayload"), Outcome.FAULT),
                new Refusal("credentials", error(401, "Unauthorized"), Outcome.FAULT),
                new Refusal("channel", error(404, "NotFound"), Outcome.FAULT),
                new Refusal(
                        "rejected",
                        json(202, "{\"id\":\"1\",\"status\":\"rejected\",\"reason\":\"no balance\"}"),
                        Outcome.FAULT),
                new Refusal("no id", json(202, "{\"status\":\"accepted\"}"), Outcome.UNKNOWN));
    }

    private static Answer error(int status, String code) {
        return json(status, "{\"code\":\"" + code + "\",\"message\":\"Wrong: +" + DIGITS + "\"}");
    }

    @Override
    protected List<Told> told() {
        List<Told> told = new ArrayList<>();
        Map.of(
                        "accepted", DeliveryStatus.SUBMITTED,
                        "processing", DeliveryStatus.SUBMITTED,
                        "sent", DeliveryStatus.IN_TRANSIT,
                        "delivered", DeliveryStatus.DELIVERED,
                        "delivery_failed", DeliveryStatus.UNDELIVERABLE,
                        "sending_failed", DeliveryStatus.NOT_SENT,
                        "rejected", DeliveryStatus.NOT_SENT,
                        "skipped", DeliveryStatus.NOT_SENT,
                        "something_new", DeliveryStatus.UNKNOWN)
                .forEach((status, meaning) -> told.add(new Told(
                        status,
                        signed(event("{\"id\":\"96a0b5fa\",\"reference\":\"" + REF.encoded() + "\",\"status\":\""
                                + status + "\"}")),
                        List.of(Receipt.of(ours(), meaning, NOW)))));
        told.add(new Told(
                "whole, without a reference",
                signed(event("{\"id\":\"96a0b5fa\",\"status\":\"delivery_failed\",\"reason\":\"absent\","
                        + "\"failure\":{\"code\":27},\"lastStatusAt\":\"2026-11-22T09:05:00.736Z\"}")),
                List.of(new Receipt(
                        new Receipt.Subject.ProviderId("96a0b5fa"),
                        DeliveryStatus.UNDELIVERABLE,
                        Instant.parse("2026-11-22T09:05:00.736Z"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("27")))));
        told.add(new Told("a text that came in", signed("{\"event\":\"sms.inbound\",\"payload\":{}}"), List.of()));
        return told;
    }

    private static String event(String payload) {
        return "{\"service\":\"channels\",\"event\":\"sms.outbound\",\"payload\":" + payload + "}";
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(signed(""), signed("{}"));
    }

    @Override
    protected List<String> signatureHeaders() {
        return List.of(BirdSignature.SIGNATURE, BirdSignature.TIMESTAMP);
    }

    @Override
    protected boolean signsUrl() {
        return true;
    }

    @Override
    protected Optional<Webhook> signedAt(Instant time) {
        String body = event("{\"id\":\"1\",\"status\":\"sent\"}");
        return Optional.of(postedToAccount(body, headers(body, time)));
    }

    private static Webhook signed(String body) {
        return postedToAccount(body, headers(body, NOW));
    }

    private static Map<String, String> headers(String body, Instant time) {
        String timestamp = Long.toString(time.getEpochSecond());
        byte[] hash = Hmac.SHA256.of(
                KEY.value().getBytes(UTF_8),
                (timestamp + "\n" + ACCOUNT_CALLBACK + "\n").getBytes(UTF_8),
                Signatures.sha256(body.getBytes(UTF_8)));
        return Map.of(BirdSignature.SIGNATURE, Signatures.base64(hash), BirdSignature.TIMESTAMP, timestamp);
    }

    @Test
    void withoutASigningKeyNoCallIsGood() {
        Map<String, Object> options = new HashMap<>(options());
        options.remove("signing_key");
        assertThat(open(options).webhook(signed(event("{\"id\":\"1\",\"status\":\"sent\"}"))))
                .isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void mistakesInOptionsAreNamed() {
        assertThatThrownBy(() -> open(with("channel_id", "a/b"))).hasMessageStartingWith("channel_id ");
    }
}
