// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TelegramConnectionTest extends HttpConnectionContract {
    private static final String ACCESS_TOKEN = "AAEHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
    private static final Money COST = Money.of("0.01", "USD");
    private static final Instant AT = Instant.parse("2026-11-22T09:04:59Z");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new TelegramKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of("base_url", provider.url().toString(), "access_token", ACCESS_TOKEN);
    }

    @Override
    protected List<String> mandatory() {
        return List.of("access_token");
    }

    @Override
    protected List<String> secrets() {
        return List.of(ACCESS_TOKEN);
    }

    @Override
    protected Channel channel() {
        return Channel.TELEGRAM;
    }

    @Override
    protected Answer accepting() {
        return ProviderFixture.json(200, """
                {"ok":true,"result":{"request_id":"114571237364","phone_number":"+447400123456","request_cost":0.01,
                 "remaining_balance":12.34,"delivery_status":{"status":"sent","updated_at":1795338301}}}
                """);
    }

    @Override
    protected SendResult.Accepted accepted() {
        return new SendResult.Accepted(Optional.empty(), Optional.of(COST));
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/sendVerificationMessage");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + ACCESS_TOKEN);
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"phone_number": "+447400123456", "code": "739105", "ttl": 300, "payload": "%s", "callback_url": "%s"}
                """.formatted(REF.encoded(), CALLBACK)));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                error(200, "PHONE_NUMBER_NOT_FOUND", Outcome.CHANNEL),
                error(400, "PHONE_NUMBER_NOT_AVAILABLE", Outcome.CHANNEL),
                error(400, "PHONE_NUMBER_INVALID", Outcome.CHANNEL),
                error(200, "MESSAGE_ALREADY_SENT", Outcome.UNKNOWN),
                error(200, "BALANCE_NOT_ENOUGH", Outcome.FAULT),
                error(200, "FLOOD_WAIT_30", Outcome.FAULT),
                error(401, "ACCESS_TOKEN_INVALID", Outcome.FAULT),
                error(200, "SENDER_NOT_VERIFIED", Outcome.FAULT),
                error(200, "CALLBACK_URL_INVALID", Outcome.FAULT),
                error(500, "INTERNAL", Outcome.FAULT));
    }

    private static Refusal error(int status, String error, Outcome outcome) {
        return new Refusal(error, ProviderFixture.json(status, "{\"ok\":false,\"error\":\"" + error + "\"}"), outcome);
    }

    @Test
    void aSenderOfOnesOwnIsNamed() {
        assertThat(send(open(with("sender_username", "@acme_codes")), accepting()))
                .isEqualTo(accepted());
        assertThat(sent().json().path("sender_username").asText()).isEqualTo("acme_codes");
        assertThatThrownBy(() -> open(with("sender_username", "acme codes")))
                .hasMessage("sender_username is not the username of a channel");
    }

    @Test
    void theAbilityIsCheckedFirstWhereThatIsWanted() {
        provider.answer(request -> request.path().equals("/checkSendAbility")
                ? ProviderFixture.json(200, "{\"ok\":true,\"result\":{\"request_id\":\"42\",\"request_cost\":0.01}}")
                : accepting());
        assertThat(send(open(with("check_first", true)), message())).isEqualTo(accepted());
        assertThat(provider.requests())
                .extracting(Recorded::path)
                .containsExactly("/checkSendAbility", "/sendVerificationMessage");
        assertThat(provider.requests().getFirst().json())
                .isEqualTo(JsonTree.read("{\"phone_number\":\"+447400123456\"}"));
        assertThat(provider.requests().getLast().json().path("request_id").asText())
                .isEqualTo("42");
    }

    @Test
    void whoHasNoTelegramGetsNoCode() {
        assertThat(send(
                        open(with("check_first", true)),
                        ProviderFixture.json(200, "{\"ok\":false,\"error\":\"PHONE_NUMBER_NOT_FOUND\"}")))
                .isInstanceOfSatisfying(SendResult.Rejected.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(Reason.CHANNEL));
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void aCheckThatFailsHasSentNothing() {
        for (Answer answer : List.of(
                new ProviderFixture.Drop(),
                ProviderFixture.json(200, "{}"),
                ProviderFixture.json(504, ""),
                ProviderFixture.json(200, "{\"ok\":true,\"result\":{}}"))) {
            assertThat(send(open(with("check_first", true)), answer)).isInstanceOf(SendResult.Fault.class);
        }
        assertThat(provider.requests()).extracting(Recorded::path).containsOnly("/checkSendAbility");
    }

    // ---- receipts

    @Override
    protected List<String> signatureHeaders() {
        return List.of("X-Request-Timestamp", "X-Request-Signature");
    }

    @Override
    protected List<Told> told() {
        return List.of(
                told("sent", DeliveryStatus.IN_TRANSIT, Optional.empty()),
                told("delivered", DeliveryStatus.DELIVERED, Optional.empty()),
                told("read", DeliveryStatus.DELIVERED, Optional.empty()),
                told("revoked", DeliveryStatus.UNDELIVERABLE, Optional.of("revoked")),
                new Told(
                        "expired and refunded",
                        signed(JsonTree.write(report("expired").put("is_refunded", true)), NOW),
                        List.of(new Receipt(
                                ours(),
                                DeliveryStatus.UNDELIVERABLE,
                                AT,
                                Optional.empty(),
                                Optional.of(Money.of("0", "USD")),
                                Optional.of("expired")))),
                new Told(
                        "refunded only",
                        signed("""
                        {"request_id":"1","request_cost":0.01,"is_refunded":true,"payload":"%s"}
                        """.formatted(REF.encoded()), NOW),
                        List.of(new Receipt(
                                ours(),
                                DeliveryStatus.UNKNOWN,
                                NOW,
                                Optional.empty(),
                                Optional.of(Money.of("0", "USD")),
                                Optional.empty()))),
                new Told("a code that was checked elsewhere", signed("""
                        {"request_id":"1","request_cost":0.01,"verification_status":{"status":"code_valid"}}
                        """, NOW), List.of()),
                new Told("a status that is new", signed(JsonTree.write(report("seen")), NOW), List.of()));
    }

    private static Told told(String word, DeliveryStatus status, Optional<String> code) {
        return new Told(
                word,
                signed(JsonTree.write(report(word)), NOW),
                List.of(new Receipt(ours(), status, AT, Optional.empty(), Optional.of(COST), code)));
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(signed("not json", NOW), signed("[]", NOW));
    }

    @Override
    protected Optional<Webhook> signedAt(Instant time) {
        return Optional.of(signed(JsonTree.write(report("delivered")), time));
    }

    @Test
    void theReferenceIsEnoughWithoutAnAttemptsUrl() {
        Webhook call = signed(JsonTree.write(report("delivered")), NOW);
        Webhook toAccount = postedToAccount(
                new String(call.body(), UTF_8),
                Map.of(
                        "X-Request-Timestamp",
                                call.header("x-request-timestamp").orElseThrow(),
                        "X-Request-Signature",
                                call.header("x-request-signature").orElseThrow()));
        assertThat(open().webhook(toAccount))
                .isInstanceOfSatisfying(WebhookReply.Receipts.class, receipts -> assertThat(receipts.receipts())
                        .extracting(Receipt::subject)
                        .containsExactly(ours()));
    }

    @Test
    void aReportDoesNotGoForAnotherMessageThanItsUrlNames() {
        String other = new AttemptRef(REF.verification(), 3).encoded();
        Webhook call = signed(JsonTree.write(report("delivered").put("payload", other)), NOW);
        assertThat(open().webhook(call)).isInstanceOf(WebhookReply.Forged.class);
    }

    /** The documented formula, worked out by another program: OpenSSL. */
    @Test
    void theSignatureIsTheDocumentedOne() {
        assertThat(sign("token", "1795338301", "{\"request_id\":\"1\"}"))
                .isEqualTo("434c1d6d654a62b87310fabf37b891364116dea0adf3ee2049dcb357e6122504");
    }

    private static ObjectNode report(String word) {
        ObjectNode report = JsonTree.object()
                .put("request_id", "114571237364")
                .put("phone_number", "+447400123456")
                .put("request_cost", 0.01)
                .put("payload", REF.encoded());
        report.putObject("delivery_status").put("status", word).put("updated_at", AT.getEpochSecond());
        return report;
    }

    private static Webhook signed(String body, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        return posted(
                body,
                Map.of("X-Request-Timestamp", timestamp, "X-Request-Signature", sign(ACCESS_TOKEN, timestamp, body)));
    }

    private static String sign(String token, String timestamp, String body) {
        byte[] key = Signatures.sha256(token.getBytes(UTF_8));
        return Signatures.hex(Hmac.SHA256.of(key, (timestamp + "\n" + body).getBytes(UTF_8)));
    }
}
