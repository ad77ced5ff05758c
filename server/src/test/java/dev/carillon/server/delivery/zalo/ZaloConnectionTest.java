// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.zalo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.Channel;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import dev.carillon.server.delivery.token.StoredTokens;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZaloConnectionTest extends HttpConnectionContract {
    private static final String APP_ID = "2553928453557884079";
    private static final String APP_SECRET = "app-secret-0123456789";
    private static final String OA_SECRET = "official-account-secret";
    private static final String REFRESH_TOKEN = "first-refresh-token";
    private static final String ACCESS_TOKEN = "an-access-token";
    private static final Instant AT = Instant.parse("2026-11-22T09:04:58.250Z");

    @TempDir
    Path folder;

    private OpenDatabase database;
    private TokenStore tokens;

    /** The store that runs in production, with a clock that can stand before the contract's. */
    @BeforeEach
    void openStore() {
        database = OpenDatabase.open(folder, Optional.empty());
        tokens = stored(NOW);
    }

    @AfterEach
    void closeStore() {
        database.close();
    }

    private TokenStore stored(Instant now) {
        InstantSource clock = InstantSource.fixed(now);
        Keyring keyring = Keyring.load(database, new MasterSecretSource(Optional.empty(), folder), clock);
        return new StoredTokens(database, keyring, clock);
    }

    @Override
    protected TokenStore tokens() {
        return tokens;
    }

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new ZaloKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "base_url", provider.url().toString(),
                "token_url", provider.url() + "/v4/oa/access_token",
                "app_id", APP_ID,
                "app_secret", APP_SECRET,
                "oa_secret", OA_SECRET,
                "refresh_token", REFRESH_TOKEN,
                "template_id", "203972");
    }

    @Override
    protected List<String> mandatory() {
        return List.of("app_id", "app_secret", "refresh_token", "template_id");
    }

    @Override
    protected List<String> secrets() {
        return List.of(APP_SECRET, OA_SECRET, REFRESH_TOKEN, ACCESS_TOKEN);
    }

    @Override
    protected Channel channel() {
        return Channel.ZALO;
    }

    @Override
    protected Optional<Answer> beside(Recorded request) {
        return request.path().equals("/v4/oa/access_token") ? Optional.of(pair(ACCESS_TOKEN)) : Optional.empty();
    }

    private static Answer pair(String access) {
        return ProviderFixture.json(
                200,
                "{\"access_token\":\"" + access + "\",\"refresh_token\":\"next-" + access
                        + "\",\"expires_in\":\"90000\"}");
    }

    @Override
    protected Duration impatience() {
        return Duration.ofSeconds(3);
    }

    @Override
    protected Answer accepting() {
        return ProviderFixture.json(200, """
                {"error":0,"message":"Success","data":{"msg_id":"96d5d1a8a8d8c6869fc9","sent_time":"1795338301000",
                 "quota":{"dailyQuota":"500","remainingQuota":"499"}}}
                """);
    }

    @Override
    protected SendResult.Accepted accepted() {
        return SendResult.Accepted.plain();
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/message/template");
        assertThat(request.header("access_token")).isEqualTo(ACCESS_TOKEN);
        assertThat(request.header("appsecret_proof"))
                .isEqualTo(Signatures.hex(Hmac.SHA256.of(new Secret(APP_SECRET), ACCESS_TOKEN)));
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"phone": "447400123456", "template_id": "203972", "template_data": {"otp": "739105"}, "tracking_id": "%s"}
                """.formatted(REF.encoded())));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                error("-118", "Zalo account not existed", Outcome.CHANNEL),
                error("-119", "Account can not receive ZNS", Outcome.CHANNEL),
                error("-114", "User is inactive, or reject the message", Outcome.CHANNEL),
                error("-108", "Phone number invalid", Outcome.CHANNEL),
                error("-110", "Zalo version unsupported", Outcome.CHANNEL),
                error("-139", "User rejected to receive this type of ZNS", Outcome.CHANNEL),
                error("-141", "User has refused to receive ZNS from Official Account", Outcome.CHANNEL),
                error("-115", "Out of quota", Outcome.FAULT),
                error("-144", "OA has exceeded daily quota", Outcome.FAULT),
                error("-147", "Template has exceeded daily quota", Outcome.FAULT),
                error("-124", "Access token invalid", Outcome.FAULT),
                error("-1241", "appsecret_proof invalid", Outcome.FAULT),
                error("-100", "Unknown error of 447400123456", Outcome.FAULT));
    }

    private static Refusal error(String code, String words, Outcome outcome) {
        return new Refusal(
                code, ProviderFixture.json(200, "{\"error\":" + code + ",\"message\":\"" + words + "\"}"), outcome);
    }

    @Test
    void theTemplateMayCallTheCodeAsItLikes() {
        assertThat(send(open(with("code_parameter", "ma_xac_thuc")), accepting()))
                .isEqualTo(accepted());
        assertThat(sent().json().at("/template_data/ma_xac_thuc").asText()).isEqualTo(CODE);
        assertThatThrownBy(() -> open(with("code_parameter", "a b")))
                .hasMessage("code_parameter must be letters, digits and underscores");
        assertThatThrownBy(() -> open(with("template_id", "otp"))).hasMessage("template_id must be digits");
    }

    // ---- tokens

    @Test
    void theInitialTokenIsTradedInAndThePairIsKept() {
        Connection connection = open();
        send(connection, accepting());
        send(connection, accepting());
        List<Recorded> asked = refreshes();
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().header("secret_key")).isEqualTo(APP_SECRET);
        assertThat(asked.getFirst().form())
                .isEqualTo(Map.of("app_id", APP_ID, "grant_type", "refresh_token", "refresh_token", REFRESH_TOKEN));
    }

    @Test
    void aTokenThatIsNotTakenIsReplacedAndTheMessageSentOnce() {
        tokens = stored(NOW.minusSeconds(600));
        Connection before = open();
        assertThat(send(before, accepting())).isEqualTo(accepted());
        tokens = stored(NOW);
        provider.answer(request -> {
            if (request.path().equals("/v4/oa/access_token")) {
                return pair("another-token");
            }
            return request.header("access_token").equals("another-token")
                    ? accepting()
                    : ProviderFixture.json(200, "{\"error\":-124,\"message\":\"Access token invalid\"}");
        });
        assertThat(send(open(), message())).isEqualTo(accepted());
        assertThat(refreshes()).hasSize(2);
        assertThat(refreshes().getLast().form()).containsEntry("refresh_token", "next-" + ACCESS_TOKEN);
    }

    @Test
    void withoutATokenNothingIsSent() {
        provider.answerJson(
                200,
                "{\"error_name\":\"Invalid refresh token\",\"error_description\":\"Refresh token is used\",\"error\":-14014}");
        assertThat(send(open(), message()))
                .isEqualTo(new SendResult.Fault(
                        "the tokens could not be refreshed: HTTP 200 -14014 Refresh token is used"));
        assertThat(provider.requests()).extracting(Recorded::path).containsExactly("/v4/oa/access_token");
    }

    private List<Recorded> refreshes() {
        return provider.requests().stream()
                .filter(request -> request.path().equals("/v4/oa/access_token"))
                .toList();
    }

    // ---- receipts

    @Override
    protected List<String> signatureHeaders() {
        return List.of("X-ZEvent-Signature");
    }

    @Override
    protected List<Told> told() {
        return List.of(
                new Told(
                        "user_received_message",
                        signed(event(NOW)),
                        List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, AT))),
                new Told(
                        "without a time of its own",
                        signed(event(NOW.minusSeconds(3)).setAll(untimed())),
                        List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, NOW.minusSeconds(3)))),
                new Told("a message from a user", signed(event(NOW).put("event_name", "user_send_text")), List.of()),
                new Told("another's message", signed(event(NOW).setAll(untracked())), List.of()),
                new Told(
                        "the last repetition after twelve hours",
                        signed(event(NOW.minusSeconds(12 * 3600))),
                        List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, AT))));
    }

    private static ObjectNode untimed() {
        ObjectNode fields = JsonTree.object();
        fields.putObject("message").put("tracking_id", REF.encoded());
        return fields;
    }

    private static ObjectNode untracked() {
        ObjectNode fields = JsonTree.object();
        fields.putObject("message").put("msg_id", "cb31dff1c39642cc1b83");
        return fields;
    }

    @Test
    void anEventThatIsTooOldOrAheadOfTimeIsForged() {
        for (int seconds : new int[] {-13 * 3600 - 1, 301}) {
            assertThat(open().webhook(signed(event(NOW.plusSeconds(seconds))))).isInstanceOf(WebhookReply.Forged.class);
        }
    }

    @Test
    void withoutTheAccountsSecretNoCallIsGenuine() {
        Map<String, Object> options = new HashMap<>(options());
        options.remove("oa_secret");
        assertThat(open(options).webhook(signed(event(NOW)))).isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void whatIsNoEventIsForged() {
        for (String body : List.of("", "[]", "not json", "{}", "{\"timestamp\":\"soon\"}")) {
            assertThat(open().webhook(postedToAccount(body, Map.of("X-ZEvent-Signature", "mac=00"))))
                    .isInstanceOf(WebhookReply.Forged.class);
        }
    }

    private static ObjectNode event(Instant at) {
        ObjectNode event = JsonTree.object()
                .put("event_name", "user_received_message")
                .put("app_id", APP_ID)
                .put("timestamp", Long.toString(at.toEpochMilli()));
        event.putObject("sender").put("id", "3662729599332560487");
        event.putObject("message")
                .put("delivery_time", Long.toString(AT.toEpochMilli()))
                .put("msg_id", "96d5d1a8a8d8c6869fc9")
                .put("tracking_id", REF.encoded());
        return event;
    }

    private static Webhook signed(JsonNode event) {
        String body = JsonTree.write(event);
        String signed = APP_ID + body + event.path("timestamp").asText() + OA_SECRET;
        return postedToAccount(
                body, Map.of("X-ZEvent-Signature", "mac=" + Signatures.hex(Signatures.sha256(signed.getBytes(UTF_8)))));
    }
}
