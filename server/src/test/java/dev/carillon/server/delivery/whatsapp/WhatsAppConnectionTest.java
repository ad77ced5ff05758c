// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.Channel;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.verification.Code;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import dev.carillon.server.delivery.http.Vectors;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WhatsAppConnectionTest extends HttpConnectionContract {
    private static final String ACCESS_TOKEN = "EAAJB1-system-user-token";
    private static final String APP_SECRET = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
    private static final String VERIFY_TOKEN = "chosen-by-the-operator";
    private static final Instant AT = Instant.parse("2026-11-22T09:04:58Z");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new WhatsAppKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "base_url",
                provider.url().toString(),
                "phone_number_id",
                "106540352242922",
                "access_token",
                ACCESS_TOKEN,
                "template",
                "carillon_code",
                "languages",
                List.of("en_US", "de"),
                "app_secret",
                APP_SECRET,
                "verify_token",
                VERIFY_TOKEN);
    }

    @Override
    protected List<String> mandatory() {
        return List.of("phone_number_id", "access_token", "template", "languages");
    }

    @Override
    protected List<String> secrets() {
        return List.of(ACCESS_TOKEN, APP_SECRET, VERIFY_TOKEN);
    }

    @Override
    protected Channel channel() {
        return Channel.WHATSAPP;
    }

    @Override
    protected Answer accepting() {
        return ProviderFixture.json(200, """
                {"messaging_product":"whatsapp","contacts":[{"input":"447400123456","wa_id":"447400123456"}],
                 "messages":[{"id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","message_status":"accepted"}]}
                """);
    }

    @Override
    protected SendResult.Accepted accepted() {
        return SendResult.Accepted.plain();
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v23.0/106540352242922/messages");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + ACCESS_TOKEN);
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"messaging_product": "whatsapp",
                 "recipient_type": "individual",
                 "to": "447400123456",
                 "type": "template",
                 "biz_opaque_callback_data": "%s",
                 "template": {
                   "name": "carillon_code",
                   "language": {"code": "en_US"},
                   "components": [
                     {"type": "body", "parameters": [{"type": "text", "text": "739105"}]},
                     {"type": "button", "sub_type": "url", "index": "0",
                      "parameters": [{"type": "text", "text": "739105"}]}]}}
                """.formatted(REF.encoded())));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                error(400, 131026, "Message undeliverable", Outcome.CHANNEL),
                error(400, 131021, "Recipient cannot be sender", Outcome.CHANNEL),
                error(400, 131049, "Not delivered to maintain healthy ecosystem engagement", Outcome.CHANNEL),
                error(400, 131056, "Pair rate limit hit", Outcome.CHANNEL),
                error(400, 130472, "User's number is part of an experiment", Outcome.CHANNEL),
                error(
                        403,
                        130497,
                        "Business account is restricted from messaging users in this country",
                        Outcome.CHANNEL),
                error(400, 130429, "Rate limit hit", Outcome.FAULT),
                error(400, 131048, "Spam rate limit hit", Outcome.FAULT),
                error(400, 131042, "Business eligibility payment issue", Outcome.FAULT),
                error(404, 132001, "Template name does not exist in the translation", Outcome.FAULT),
                error(400, 132000, "Number of parameters does not match", Outcome.FAULT),
                error(400, 132015, "Template is paused", Outcome.FAULT),
                error(401, 190, "Access token has expired", Outcome.FAULT),
                error(403, 368, "Temporarily blocked for policies violations", Outcome.FAULT),
                error(500, 131000, "Something went wrong", Outcome.FAULT),
                error(503, 2, "Service temporarily unavailable", Outcome.FAULT),
                new Refusal("quotes", ProviderFixture.json(400, """
                        {"error":{"message":"(#100) Invalid parameter","code":100,
                         "error_data":{"details":"Param to 447400123456 with 739105 is not valid"}}}
                        """), Outcome.FAULT));
    }

    private static Refusal error(int status, int code, String words, Outcome outcome) {
        String body = """
                {"error":{"message":"(#%d) %s","type":"OAuthException","code":%d,
                 "error_data":{"messaging_product":"whatsapp","details":"%s."},"fbtrace_id":"Az8or2yhqkZfEZ-_4Qn_Bam"}}
                """.formatted(code, words, code, words);
        return new Refusal(code + " " + words, ProviderFixture.json(status, body), outcome);
    }

    @Test
    void theMessagesTemplateAndLanguageComeFirst() {
        Map<String, Object> options = with("languages", List.of("fr", "en"));
        provider.answer(accepting());
        Message message = new Message(
                REF,
                ATTEMPT,
                "+" + DIGITS,
                "GB",
                Channel.WHATSAPP,
                "Acme",
                TEXT,
                new Code(CODE),
                "en-GB",
                Map.of(TemplateIds.WHATSAPP, "acme_login"),
                NOW.plusSeconds(300));
        assertThat(send(open(options), message)).isEqualTo(accepted());
        assertThat(sent().json().at("/template/name").asText()).isEqualTo("acme_login");
        assertThat(sent().json().at("/template/language/code").asText()).isEqualTo("en");
    }

    @Test
    void optionsThatCannotBeRightAreNamed() {
        assertWrong("phone_number_id", "15551234/messages", "phone_number_id must be 5 to 20 digits");
        assertWrong("api_version", "23", "api_version must look like v23.0");
        assertWrong("template", "My template", "template must be lower-case letters, digits and underscores");
        assertWrong("languages", List.of("en-US"), "languages has en-US, which is no language such as de or pt_BR");
        assertWrong("base_url", "ftp://graph.facebook.com", "base_url must be an http or https URL");
    }

    private void assertWrong(String name, Object value, String message) {
        assertThatThrownBy(() -> open(with(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    // ---- receipts

    @Override
    protected List<String> signatureHeaders() {
        return List.of("X-Hub-Signature-256");
    }

    @Override
    protected List<Told> told() {
        return List.of(
                told("sent", DeliveryStatus.IN_TRANSIT),
                told("delivered", DeliveryStatus.DELIVERED),
                told("read", DeliveryStatus.DELIVERED),
                told("played", DeliveryStatus.DELIVERED),
                new Told(
                        "failed",
                        signed(report(status("failed", REF.encoded())
                                .set(
                                        "errors",
                                        JsonTree.read("[{\"code\":131026,\"title\":\"Message undeliverable\"}]")))),
                        List.of(new Receipt(
                                ours(),
                                DeliveryStatus.UNDELIVERABLE,
                                AT,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("131026")))),
                new Told("deleted", signed(report(status("deleted", REF.encoded()))), List.of()),
                new Told("another sender's", signed(report(status("delivered", "order-4711"))), List.of()),
                new Told("a message from a user", signed("""
                        {"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":
                        {"messages":[{"from":"16505551234","id":"wamid.X","type":"text","text":{"body":"hi"}}]}}]}]}
                        """), List.of()),
                new Told(
                        "two in one",
                        signed(report(status("sent", REF.encoded()), status("delivered", REF.encoded()))),
                        List.of(
                                Receipt.of(ours(), DeliveryStatus.IN_TRANSIT, AT),
                                Receipt.of(ours(), DeliveryStatus.DELIVERED, AT))),
                new Told(
                        "odd types",
                        signed(report(status("delivered", REF.encoded())
                                .put("timestamp", "soon")
                                .put("errors", 3))),
                        List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, NOW))));
    }

    private static Told told(String word, DeliveryStatus status) {
        return new Told(word, signed(report(status(word, REF.encoded()))), List.of(Receipt.of(ours(), status, AT)));
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(signed("not json"), signed("[]"));
    }

    @Test
    void theWebhookIsRegistered() {
        assertThat(open().webhook(gotOfAccount(
                        "hub.mode=subscribe&hub.verify_token=" + VERIFY_TOKEN + "&hub.challenge=1158201444", Map.of())))
                .isEqualTo(new WebhookReply.Echo("text/plain", "1158201444"));
    }

    @TestFactory
    Stream<DynamicTest> othersDoNotRegisterIt() {
        return Stream.of(
                        "",
                        "hub.mode=subscribe&hub.challenge=1",
                        "hub.mode=subscribe&hub.verify_token=&hub.challenge=1",
                        "hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1",
                        "hub.mode=unsubscribe&hub.verify_token=" + VERIFY_TOKEN + "&hub.challenge=1",
                        "hub.mode=subscribe&hub.verify_token=" + VERIFY_TOKEN + "&hub.verify_token=x&hub.challenge=1")
                .map(query -> DynamicTest.dynamicTest(
                        "?" + query, () -> assertThat(open().webhook(gotOfAccount(query, Map.of())))
                                .isInstanceOf(WebhookReply.Forged.class)));
    }

    @Test
    void aRegistrationWithoutAChallengeCannotBeAnswered() {
        String query = "hub.mode=subscribe&hub.verify_token=" + VERIFY_TOKEN;
        assertThat(open().webhook(gotOfAccount(query, Map.of()))).isInstanceOf(WebhookReply.Unreadable.class);
        assertThat(open().webhook(gotOfAccount(query + "&hub.challenge=" + "1".repeat(300), Map.of())))
                .isInstanceOf(WebhookReply.Unreadable.class);
    }

    @Test
    void withoutSecretsNoCallIsGenuine() {
        Map<String, Object> options = new HashMap<>(options());
        options.remove("app_secret");
        options.remove("verify_token");
        assertThat(open(options).webhook(told().getFirst().call())).isInstanceOf(WebhookReply.Forged.class);
        assertThat(open(options)
                        .webhook(gotOfAccount("hub.mode=subscribe&hub.verify_token=&hub.challenge=1", Map.of())))
                .isInstanceOf(WebhookReply.Forged.class);
    }

    /** What a client that is in wide use takes, this one takes, and no more of what that one refuses. */
    @TestFactory
    Stream<DynamicTest> signaturesAreJudgedAsByOthers() {
        JsonNode cases =
                Vectors.of(WhatsAppConnectionTest.class, "signatures.json").path("cases");
        assertThat(cases).hasSize(24);
        return IntStream.range(0, cases.size())
                .mapToObj(i -> DynamicTest.dynamicTest("case " + i, () -> {
                    JsonNode each = cases.get(i);
                    Webhook call = postedToAccount(
                            each.path("body").asText(),
                            Map.of("X-Hub-Signature-256", each.path("signature").asText()));
                    WebhookReply reply = open(with(
                                    "app_secret", each.path("secret").asText()))
                            .webhook(call);
                    assertThat(reply instanceof WebhookReply.Receipts)
                            .isEqualTo(each.path("genuine").asBoolean());
                }));
    }

    @Test
    void aSignatureOverTheBytesThatWereSentIsGenuineToo() {
        assertThat(open().webhook(signed("{\"name\":\"Größe\"}"))).isEqualTo(new WebhookReply.Receipts(List.of()));
    }

    private static ObjectNode status(String word, String reference) {
        return JsonTree.object()
                .put("id", "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA")
                .put("status", word)
                .put("timestamp", Long.toString(AT.getEpochSecond()))
                .put("recipient_id", "447400123456")
                .put("biz_opaque_callback_data", reference);
    }

    private static String report(JsonNode... statuses) {
        ObjectNode report = JsonTree.object().put("object", "whatsapp_business_account");
        ObjectNode change =
                report.putArray("entry").addObject().putArray("changes").addObject();
        ArrayNode all = change.put("field", "messages").putObject("value").putArray("statuses");
        all.addAll(List.of(statuses));
        return JsonTree.write(report);
    }

    private static Webhook signed(String body) {
        String signature = Signatures.hex(Hmac.SHA256.of(new Secret(APP_SECRET), body.getBytes(UTF_8)));
        return postedToAccount(body, Map.of("X-Hub-Signature-256", "sha256=" + signature));
    }
}
