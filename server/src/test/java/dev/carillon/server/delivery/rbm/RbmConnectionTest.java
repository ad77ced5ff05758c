// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.Channel;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
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
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RbmConnectionTest extends HttpConnectionContract {
    private static final String AGENT = "acme_codes_x1y2z3_agent";
    private static final String ACCESS_TOKEN = "ya29.c.access-token";
    private static final String CLIENT_TOKEN = "SJENCPGJESMGUFPY";
    private static final UUID RECENT = TimeOrderedId.of(NOW.minusSeconds(20), 5, 6);
    private static final Instant AT = Instant.parse("2026-11-22T09:04:59.123Z");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new RbmKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "base_url",
                provider.url().toString(),
                "agent_id",
                AGENT,
                "service_account",
                TestAccount.file(provider.url() + "/token"),
                "client_token",
                CLIENT_TOKEN);
    }

    @Override
    protected List<String> mandatory() {
        return List.of("agent_id", "service_account");
    }

    @Override
    protected List<String> secrets() {
        return List.of(ACCESS_TOKEN, CLIENT_TOKEN, "BEGIN PRIVATE KEY");
    }

    @Override
    protected Channel channel() {
        return Channel.RCS;
    }

    @Override
    protected Optional<Answer> beside(Recorded request) {
        if (request.path().equals("/token")) {
            return Optional.of(ProviderFixture.json(
                    200, "{\"access_token\":\"" + ACCESS_TOKEN + "\",\"expires_in\":3599,\"token_type\":\"Bearer\"}"));
        }
        return request.path().endsWith("/capabilities")
                ? Optional.of(ProviderFixture.json(200, "{\"features\":[\"RICHCARD_STANDALONE\"]}"))
                : Optional.empty();
    }

    @Override
    protected Duration impatience() {
        return Duration.ofSeconds(3);
    }

    @Override
    protected Answer accepting() {
        return ProviderFixture.json(200, """
                {"name":"phones/+447400123456/agentMessages/0199f5b2-6d3e-4c41-8f2b-3a9c5d7e1f20",
                 "sendTime":"2026-11-22T09:05:01.500Z","contentMessage":{"text":"…"}}
                """);
    }

    @Override
    protected SendResult.Accepted accepted() {
        return new SendResult.Accepted(Optional.of(ATTEMPT.toString()), Optional.empty());
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/phones/+447400123456/agentMessages");
        assertThat(request.queryFields()).isEqualTo(Map.of("messageId", ATTEMPT.toString(), "agentId", AGENT));
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + ACCESS_TOKEN);
        ObjectNode expected = JsonTree.object().put("ttl", "300s").put("messageTrafficType", "AUTHENTICATION");
        expected.putObject("contentMessage").put("text", TEXT);
        assertThat(request.json()).isEqualTo(expected);
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                error(404, "NOT_FOUND", Outcome.CHANNEL),
                error(400, "INVALID_ARGUMENT", Outcome.FAULT),
                error(401, "UNAUTHENTICATED", Outcome.FAULT),
                error(403, "PERMISSION_DENIED", Outcome.FAULT),
                error(429, "RESOURCE_EXHAUSTED", Outcome.FAULT),
                error(500, "INTERNAL", Outcome.FAULT),
                error(503, "UNAVAILABLE", Outcome.FAULT),
                error(504, "DEADLINE_EXCEEDED", Outcome.UNKNOWN));
    }

    private static Refusal error(int status, String word, Outcome outcome) {
        String body =
                "{\"error\":{\"code\":" + status + ",\"message\":\"Of +447400123456.\",\"status\":\"" + word + "\"}}";
        return new Refusal(word, ProviderFixture.json(status, body), outcome);
    }

    @Override
    protected Map<Integer, Outcome> statuses() {
        Map<Integer, Outcome> statuses = new HashMap<>(super.statuses());
        statuses.put(404, Outcome.CHANNEL);
        return statuses;
    }

    // ---- the token

    @Test
    void theTokenIsAskedForInTheNameOfTheServiceAccountAndKept() {
        Connection connection = open();
        send(connection, accepting());
        send(connection, accepting());
        List<Recorded> asked = provider.requests().stream()
                .filter(request -> request.path().equals("/token"))
                .toList();
        assertThat(asked).hasSize(1);
        Map<String, String> form = asked.getFirst().form();
        assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        JsonNode claims = TestAccount.claims(Objects.requireNonNull(form.get("assertion")));
        assertThat(claims).isEqualTo(JsonTree.read("""
                {"iss": "%s", "scope": "https://www.googleapis.com/auth/rcsbusinessmessaging", "aud": "%s",
                 "iat": %d, "exp": %d}
                """.formatted(
                TestAccount.EMAIL, provider.url() + "/token", NOW.getEpochSecond(), NOW.getEpochSecond() + 3600)));
    }

    @Test
    void aTokenThatIsNotTakenIsFetchedAnew() {
        Connection connection = open();
        send(connection, ProviderFixture.json(401, "{}"));
        send(connection, accepting());
        assertThat(provider.requests().stream().filter(request -> request.path().equals("/token")))
                .hasSize(2);
    }

    @Test
    void withoutATokenNothingIsSent() {
        provider.answerJson(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}");
        assertThat(send(open(), message()))
                .isEqualTo(new SendResult.Fault("no access token: HTTP 400 invalid_grant Invalid JWT Signature."));
        assertThat(provider.requests()).extracting(Recorded::path).containsExactly("/token");
    }

    @Test
    void aKeyFileThatIsNoneIsNamedAndNotShown() {
        assertWrong("{}", "service_account is not a service account's key in JSON: it has no client_email");
        assertWrong(
                "{\"client_email\":\"a@b\"}",
                "service_account is not a service account's key in JSON: it has no private_key");
        assertWrong(
                "{\"client_email\":\"a@b\",\"private_key\":\"secret stuff\"}",
                "service_account has a private_key that is not a private key in PEM, PKCS #8 (-----BEGIN PRIVATE KEY-----)");
    }

    private void assertWrong(String file, String message) {
        assertThatThrownBy(() -> open(with("service_account", file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    // ---- the capability

    @Test
    void theCapabilityIsAskedForFirst() {
        send(open(), accepting());
        Recorded question = provider.requests().get(1);
        assertThat(question.method()).isEqualTo("GET");
        assertThat(question.path()).isEqualTo("/v1/phones/+447400123456/capabilities");
        assertThat(question.queryFields()).containsEntry("agentId", AGENT).containsOnlyKeys("agentId", "requestId");
        assertThat(question.header("Authorization")).isEqualTo("Bearer " + ACCESS_TOKEN);
    }

    @Test
    void thatQuestionCanBeSpared() {
        assertThat(send(open(with("check_capability", false)), accepting())).isEqualTo(accepted());
        assertThat(provider.requests()).extracting(Recorded::method).doesNotContain("GET");
    }

    @Test
    void whoCannotGetRcsGetsNone() {
        for (int status : new int[] {404, 403}) {
            assertThat(sendAfter(ProviderFixture.json(status, "{\"error\":{\"status\":\"NOT_FOUND\"}}")))
                    .isInstanceOfSatisfying(SendResult.Rejected.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.CHANNEL));
        }
        assertThat(provider.requests()).extracting(Recorded::method).containsOnly("POST", "GET");
        assertThat(provider.requests()).extracting(Recorded::path).noneMatch(path -> path.contains("agentMessages"));
    }

    @Test
    void aQuestionWithoutAnAnswerHasSentNothing() {
        for (Answer answer :
                List.of(new ProviderFixture.Drop(), ProviderFixture.json(504, ""), ProviderFixture.json(500, ""))) {
            assertThat(sendAfter(answer)).isInstanceOf(SendResult.Fault.class);
        }
    }

    /** What becomes of the message when the question for the capability is answered so. */
    private SendResult sendAfter(Answer capability) {
        provider.answer(request -> request.path().endsWith("/capabilities")
                ? capability
                : beside(request).orElseGet(this::accepting));
        return send(open(), message());
    }

    // ---- what may have been sent

    @Test
    void aMessageThatWasPostedBeforeIsTheSame() {
        assertThat(send(open(), ProviderFixture.json(409, "{\"error\":{\"status\":\"ALREADY_EXISTS\"}}")))
                .isEqualTo(accepted());
    }

    @Test
    void aMessageThatMayHaveBeenSentIsRevoked() {
        assertThat(sendAndRevoke(200)).isEqualTo(new SendResult.Unknown("the connection broke; revoked"));
        Recorded revoked = provider.requests().getLast();
        assertThat(revoked.method()).isEqualTo("DELETE");
        assertThat(revoked.path()).isEqualTo("/v1/phones/+447400123456/agentMessages/" + ATTEMPT);
        assertThat(revoked.queryFields()).isEqualTo(Map.of("agentId", AGENT));
        assertThat(revoked.header("Authorization")).isEqualTo("Bearer " + ACCESS_TOKEN);
    }

    @Test
    void aMessageThatIsNotThereWasNotSent() {
        assertThat(sendAndRevoke(404)).isEqualTo(new SendResult.Fault("the connection broke; it did not arrive"));
    }

    @Test
    void aRevocationThatFailsChangesNothing() {
        assertThat(sendAndRevoke(500)).isEqualTo(new SendResult.Unknown("the connection broke"));
    }

    private SendResult sendAndRevoke(int status) {
        provider.answer(request -> request.method().equals("DELETE")
                ? ProviderFixture.json(status, "{}")
                : beside(request).orElseGet(ProviderFixture.Drop::new));
        return send(open(), message());
    }

    // ---- receipts

    @Override
    protected List<String> signatureHeaders() {
        return List.of("X-Goog-Signature");
    }

    /** Only what the body holds in base64. */
    @Override
    protected boolean signsBody() {
        return false;
    }

    @Override
    protected List<Told> told() {
        return List.of(
                told("DELIVERED", DeliveryStatus.DELIVERED),
                told("READ", DeliveryStatus.DELIVERED),
                new Told(
                        "expired",
                        signed(event("TTL_EXPIRATION_REVOKED").put("sendTime", AT.toString())),
                        List.of(Receipt.of(byId(), DeliveryStatus.UNDELIVERABLE, AT))),
                new Told("may still come", signed(event("TTL_EXPIRATION_REVOKE_FAILED")), List.of()),
                new Told("typing", signed(event("IS_TYPING")), List.of()),
                new Told("of another agent", signed(event("READ").put("agentId", "another_agent")), List.of()),
                new Told("of another's message", signed(event("READ").put("messageId", "order-4711")), List.of()),
                new Told(
                        "of a message long ago",
                        signed(event("READ")
                                .put(
                                        "messageId",
                                        TimeOrderedId.of(NOW.minus(Duration.ofDays(5)), 1, 2)
                                                .toString())),
                        List.of()),
                new Told("a message from a user", signed(JsonTree.object().put("text", "hi")), List.of()),
                new Told(
                        "a time that is none",
                        signed(event("READ").put("sendTime", "soon")),
                        List.of(Receipt.of(byId(), DeliveryStatus.DELIVERED, NOW))));
    }

    private static Told told(String word, DeliveryStatus status) {
        return new Told(word, signed(event(word)), List.of(Receipt.of(byId(), status, NOW)));
    }

    @Test
    void anotherEventThanTheSignedOneIsForged() {
        Webhook genuine = signed(event("READ"));
        String other = body(JsonTree.write(event("DELIVERED")));
        assertThat(open().webhook(postedToAccount(
                        other,
                        Map.of(
                                "X-Goog-Signature",
                                genuine.header("x-goog-signature").orElseThrow()))))
                .isInstanceOf(WebhookReply.Forged.class);
        assertThat(open().webhook(postedToAccount("{}", Map.of()))).isInstanceOf(WebhookReply.Forged.class);
        assertThat(open().webhook(postedToAccount("not json", Map.of()))).isInstanceOf(WebhookReply.Forged.class);
        assertThat(open().webhook(postedToAccount("{\"message\":{\"data\":\"!\"}}", Map.of("X-Goog-Signature", "x"))))
                .isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void theWebhookIsRegistered() {
        assertThat(open().webhook(handshake(CLIENT_TOKEN)))
                .isEqualTo(new WebhookReply.Echo("text/plain", "1234567890"));
        assertThat(open().webhook(handshake("ANOTHER"))).isInstanceOf(WebhookReply.Forged.class);
        assertThat(open().webhook(postedToAccount("{\"clientToken\":\"" + CLIENT_TOKEN + "\"}", Map.of())))
                .isInstanceOf(WebhookReply.Unreadable.class);
    }

    @Test
    void withoutAClientTokenNoCallIsGenuine() {
        Map<String, Object> options = new HashMap<>(options());
        options.remove("client_token");
        assertThat(open(options).webhook(signed(event("READ")))).isInstanceOf(WebhookReply.Forged.class);
        assertThat(open(options).webhook(handshake(CLIENT_TOKEN))).isInstanceOf(WebhookReply.Forged.class);
    }

    private static Webhook handshake(String clientToken) {
        return postedToAccount("{\"clientToken\":\"" + clientToken + "\",\"secret\":\"1234567890\"}", Map.of());
    }

    private static Receipt.Subject byId() {
        return new Receipt.Subject.ProviderId(RECENT.toString());
    }

    private static ObjectNode event(String type) {
        return JsonTree.object()
                .put("senderPhoneNumber", "+447400123456")
                .put("eventType", type)
                .put("eventId", "MsPGJ2aCzpS4yTzCkzEBHVzw")
                .put("messageId", RECENT.toString())
                .put("agentId", AGENT);
    }

    private static Webhook signed(ObjectNode event) {
        String data = JsonTree.write(event);
        String signature = Signatures.base64(Hmac.SHA512.of(new Secret(CLIENT_TOKEN), data));
        return postedToAccount(body(data), Map.of("X-Goog-Signature", signature));
    }

    private static String body(String data) {
        ObjectNode body = JsonTree.object().put("subscription", "projects/rbm/subscriptions/x");
        body.putObject("message")
                .put("data", Signatures.base64(data.getBytes(UTF_8)))
                .put("messageId", "4711");
        return JsonTree.write(body);
    }
}
