// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.messagebird;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.account.Money;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class MessageBirdTest extends HttpConnectionContract {
    private static final Secret KEY = new Secret("s1gning-key");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new MessageBirdKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of("base_url", provider.url().toString(), "access_key", "live_f00d", "signing_key", KEY.value());
    }

    @Override
    protected List<String> mandatory() {
        return List.of("access_key", "signing_key");
    }

    @Override
    protected List<String> secrets() {
        return List.of("live_f00d", KEY.value());
    }

    @Override
    protected Answer accepting() {
        return json(
                201,
                "{\"id\":\"e8077d80\",\"recipients\":{\"totalSentCount\":1,\"items\":[{\"recipient\":" + DIGITS
                        + ",\"status\":\"sent\",\"messagePartCount\":1,\"price\":{\"amount\":0.076,\"currency\":\"EUR\"}}]}}");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return new SendResult.Accepted(Optional.empty(), Optional.of(Money.of("0.076", "EUR")));
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /messages");
        assertThat(request.header("Authorization")).isEqualTo("AccessKey live_f00d");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"originator":"Acme","recipients":["%s"],"body":"%s","datacoding":"auto","validity":300,
                 "reference":"%s","reportUrl":"%s"}
                """.formatted(DIGITS, TEXT, REF.encoded(), CALLBACK)));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                new Refusal("recipient", error(422, 10, "recipients"), Outcome.NUMBER),
                new Refusal("recipient missing", error(422, 9, "recipient"), Outcome.NUMBER),
                new Refusal("sender", error(422, 10, "originator"), Outcome.FAULT),
                new Refusal("credentials", error(401, 2, "access_key"), Outcome.FAULT),
                new Refusal("balance", error(422, 25, ""), Outcome.FAULT),
                new Refusal("internal", error(500, 99, ""), Outcome.FAULT),
                new Refusal(
                        "failed at once",
                        json(
                                201,
                                "{\"id\":\"1\",\"recipients\":{\"items\":[{\"status\":\"delivery_failed\","
                                        + "\"statusErrorCode\":104}]}}"),
                        Outcome.FAULT),
                new Refusal("no recipient", json(201, "{\"id\":\"1\",\"recipients\":{}}"), Outcome.UNKNOWN));
    }

    private static Answer error(int status, int code, String parameter) {
        return json(
                status,
                "{\"errors\":[{\"code\":" + code + ",\"description\":\"Not good: " + DIGITS + "\",\"parameter\":\""
                        + parameter + "\"}]}");
    }

    @Override
    protected List<Told> told() {
        List<Told> told = new ArrayList<>();
        Map.of(
                        "scheduled", DeliveryStatus.SUBMITTED,
                        "sent", DeliveryStatus.IN_TRANSIT,
                        "buffered", DeliveryStatus.IN_TRANSIT,
                        "delivered", DeliveryStatus.DELIVERED,
                        "expired", DeliveryStatus.UNDELIVERABLE,
                        "delivery_failed", DeliveryStatus.UNDELIVERABLE,
                        "something_new", DeliveryStatus.UNKNOWN)
                .forEach((status, meaning) -> told.add(new Told(
                        status,
                        signed("id=e8077d80&status=" + status, NOW),
                        List.of(Receipt.of(ours(), meaning, NOW)))));
        String whole = "id=e8077d80&reference=" + REF.encoded() + "&recipient=" + DIGITS
                + "&status=delivery_failed&statusErrorCode=104&statusDatetime=2026-11-22T10:04:59%2B01:00"
                + "&mccmnc=20408&ported=0&price%5Bamount%5D=0.076&price%5Bcurrency%5D=EUR";
        Receipt receipt = new Receipt(
                ours(),
                DeliveryStatus.UNDELIVERABLE,
                Instant.parse("2026-11-22T09:04:59Z"),
                Optional.of(new Network("20408")),
                Optional.of(Money.of("0.076", "EUR")),
                Optional.of("104"));
        told.add(new Told("whole", signed(whole, NOW), List.of(receipt)));
        told.add(new Told(
                "to the account",
                gotOfAccount(whole, Map.of("MessageBird-Signature-JWT", token(ACCOUNT_CALLBACK + "?" + whole, NOW))),
                List.of(receipt)));
        told.add(new Told(
                "a plus sign that is not escaped",
                signed("id=1&status=sent&statusDatetime=2026-11-22T09:04:59+00:00", NOW),
                List.of(Receipt.of(ours(), DeliveryStatus.IN_TRANSIT, Instant.parse("2026-11-22T09:04:59Z")))));
        return told;
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(signed("id=1", NOW), signed("status=sent&status=delivered", NOW));
    }

    @Override
    protected List<String> signatureHeaders() {
        return List.of("MessageBird-Signature-JWT");
    }

    @Override
    protected boolean signsUrl() {
        return true;
    }

    @Override
    protected Optional<Webhook> signedAt(Instant time) {
        return Optional.of(signed("id=1&status=sent", time));
    }

    @Test
    void aCallCanBeTakenOnlyOnce() {
        assertThat(open().webhook(signed("id=1&status=sent", NOW)))
                .isInstanceOfSatisfying(WebhookReply.Receipts.class, reply -> assertThat(reply.nonce())
                        .contains("jti-1"));
    }

    private static Webhook signed(String query, Instant time) {
        return got(query, Map.of("MessageBird-Signature-JWT", token(CALLBACK + "?" + query, time)));
    }

    private static String token(String url, Instant time) {
        ObjectNode claims = JsonTree.object();
        claims.put("iss", "MessageBird").put("jti", "jti-1").put("iat", time.getEpochSecond());
        claims.put("exp", time.getEpochSecond() + 600);
        claims.put("url_hash", Signatures.hex(Signatures.sha256(url.getBytes(UTF_8))));
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(JsonTree.write(claims).getBytes(UTF_8));
        return signed + "." + base64.encodeToString(Hmac.SHA256.of(KEY, signed));
    }
}
