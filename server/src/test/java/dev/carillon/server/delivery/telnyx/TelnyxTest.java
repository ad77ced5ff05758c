// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telnyx;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Money;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TelnyxTest extends HttpConnectionContract {
    private static final KeyPair KEY = newKey();

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new TelnyxKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        byte[] der = KEY.getPublic().getEncoded();
        return Map.of(
                "base_url",
                provider.url().toString(),
                "api_key",
                "KEY-f00d",
                "public_key",
                Signatures.base64(Arrays.copyOfRange(der, der.length - 32, der.length)),
                "messaging_profile_id",
                "400174d2");
    }

    @Override
    protected List<String> mandatory() {
        return List.of("api_key", "public_key");
    }

    @Override
    protected List<String> secrets() {
        return List.of("KEY-f00d");
    }

    @Override
    protected Answer accepting() {
        return json(
                200,
                "{\"data\":{\"record_type\":\"message\",\"id\":\"4031\",\"parts\":1,\"cost\":{\"amount\":\"0.0051\","
                        + "\"currency\":\"USD\"},\"to\":[{\"phone_number\":\"+" + DIGITS
                        + "\",\"status\":\"queued\"}]}}");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return new SendResult.Accepted(Optional.empty(), Optional.of(Money.of("0.0051", "USD")));
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /v2/messages");
        assertThat(request.header("Authorization")).isEqualTo("Bearer KEY-f00d");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"from":"Acme","to":"+%s","text":"%s","type":"SMS","encoding":"auto",
                 "messaging_profile_id":"400174d2","tags":["%s"],"webhook_url":"%s","use_profile_webhooks":false}
                """.formatted(DIGITS, TEXT, REF.encoded(), CALLBACK)));
    }

    @Override
    protected List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        for (String code : new String[] {"40001", "40012", "40300", "40310"}) {
            refusals.add(new Refusal(code, error(400, code), Outcome.NUMBER));
        }
        refusals.add(new Refusal("spam", error(400, "40002"), Outcome.FAULT));
        refusals.add(new Refusal("sender", error(400, "40305"), Outcome.FAULT));
        refusals.add(new Refusal("credentials", error(401, "10009"), Outcome.FAULT));
        refusals.add(new Refusal("rate", error(429, "10011"), Outcome.FAULT));
        refusals.add(new Refusal("internal", error(500, "10007"), Outcome.FAULT));
        refusals.add(new Refusal("no id", json(200, "{\"data\":{}}"), Outcome.UNKNOWN));
        return refusals;
    }

    private static Answer error(int status, String code) {
        return json(
                status,
                "{\"errors\":[{\"code\":\"" + code + "\",\"title\":\"Not +" + DIGITS + "\",\"detail\":\"+" + DIGITS
                        + "\"}]}");
    }

    @Override
    protected List<Told> told() {
        List<Told> told = new ArrayList<>();
        Map.of(
                        "queued", DeliveryStatus.SUBMITTED,
                        "sending", DeliveryStatus.SUBMITTED,
                        "sent", DeliveryStatus.IN_TRANSIT,
                        "delivery_unconfirmed", DeliveryStatus.IN_TRANSIT,
                        "delivered", DeliveryStatus.DELIVERED,
                        "delivery_failed", DeliveryStatus.UNDELIVERABLE,
                        "expired", DeliveryStatus.UNDELIVERABLE,
                        "sending_failed", DeliveryStatus.NOT_SENT,
                        "something_new", DeliveryStatus.UNKNOWN)
                .forEach((status, meaning) -> told.add(new Told(
                        status,
                        signed(event(
                                "message.finalized", "{\"id\":\"4031\",\"to\":[{\"status\":\"" + status + "\"}]}")),
                        List.of(Receipt.of(ours(), meaning, NOW)))));
        told.add(new Told(
                "whole",
                signed("{\"data\":{\"event_type\":\"message.finalized\",\"id\":\"e\",\"occurred_at\":"
                        + "\"2026-11-22T09:05:00.500+00:00\",\"payload\":{\"id\":\"4031\",\"tags\":[\"" + REF.encoded()
                        + "\"],\"cost\":{\"amount\":\"0.0102\",\"currency\":\"USD\"},\"parts\":2,\"to\":[{\"status\":"
                        + "\"delivery_failed\",\"carrier\":\"Vodafone\"}],\"errors\":[{\"code\":\"40008\",\"title\":"
                        + "\"Undeliverable\"}]}}}"),
                List.of(new Receipt(
                        ours(),
                        DeliveryStatus.UNDELIVERABLE,
                        Instant.parse("2026-11-22T09:05:00.500Z"),
                        Optional.empty(),
                        Optional.of(Money.of("0.0102", "USD")),
                        Optional.of("40008")))));
        told.add(new Told(
                "to the account",
                withoutSeal(event(
                        "message.sent",
                        "{\"id\":\"4031\",\"tags\":[\"" + REF.encoded() + "\"],\"to\":[{\"status\":\"sent\"}]}")),
                List.of(Receipt.of(ours(), DeliveryStatus.IN_TRANSIT, NOW))));
        told.add(new Told(
                "to the account, without a tag",
                withoutSeal(event("message.sent", "{\"id\":\"4031\",\"to\":[{\"status\":\"sent\"}]}")),
                List.of(Receipt.of(new Receipt.Subject.ProviderId("4031"), DeliveryStatus.IN_TRANSIT, NOW))));
        told.add(new Told("a text that came in", signed(event("message.received", "{\"id\":\"1\"}")), List.of()));
        return told;
    }

    private static String event(String type, String payload) {
        return "{\"data\":{\"event_type\":\"" + type + "\",\"payload\":" + payload + "}}";
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(signed(""), signed("{}"), signed("[1"));
    }

    @Override
    protected List<String> signatureHeaders() {
        return List.of("Telnyx-Signature-Ed25519", "Telnyx-Timestamp");
    }

    @Override
    protected Optional<Webhook> signedAt(Instant time) {
        String body = event("message.sent", "{\"id\":\"1\",\"to\":[{\"status\":\"sent\"}]}");
        return Optional.of(posted(body, headers(body, time)));
    }

    private static Webhook signed(String body) {
        return posted(body, headers(body, NOW));
    }

    private static Webhook withoutSeal(String body) {
        return postedToAccount(body, headers(body, NOW));
    }

    private static Map<String, String> headers(String body, Instant time) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KEY.getPrivate());
            signature.update((time.getEpochSecond() + "|" + body).getBytes(UTF_8));
            return Map.of(
                    "Telnyx-Signature-Ed25519",
                    Signatures.base64(signature.sign()),
                    "Telnyx-Timestamp",
                    Long.toString(time.getEpochSecond()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair newKey() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aCallCanBeTakenOnlyOnce() {
        Webhook call = signed(event("message.received", "{}"));
        assertThat(open().webhook(call))
                .isEqualTo(new WebhookReply.Receipts(List.of(), call.header("telnyx-signature-ed25519")));
    }

    @Test
    void aKeyThatIsNoneIsNamed() {
        assertThatThrownBy(() -> open(with("public_key", "AAAA")))
                .hasMessage("public_key is not an Ed25519 key of 32 bytes in base64");
    }
}
