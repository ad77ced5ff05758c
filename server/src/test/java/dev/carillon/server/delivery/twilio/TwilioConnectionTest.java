// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.twilio;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Receipt.Subject.ProviderId;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TwilioConnectionTest extends HttpConnectionContract {
    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String SERVICE = "MG0123456789abcdef0123456789abcdef";
    private static final String CONTENT = "HX0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "a-token-that-signs";
    private static final String SID = "SM0123456789abcdef0123456789abcdef";
    private static final Answer QUEUED = json(
            201,
            "{\"sid\":\"" + SID + "\",\"status\":\"queued\",\"num_segments\":\"1\",\"price\":null,"
                    + "\"price_unit\":\"USD\",\"error_code\":null,\"to\":\"+" + DIGITS + "\",\"body\":\"" + TEXT
                    + "\"}");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new TwilioKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "account_sid", ACCOUNT,
                "auth_token", TOKEN,
                "whatsapp_sender", "+14155550100",
                "messaging_service_sid", SERVICE,
                "base_url", provider.url() + "/");
    }

    @Override
    protected List<String> mandatory() {
        return List.of("account_sid", "auth_token", "messaging_service_sid");
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN);
    }

    @Override
    protected Answer accepting() {
        return QUEUED;
    }

    @Override
    protected SendResult.Accepted accepted() {
        return SendResult.Accepted.plain();
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json");
        assertThat(request.header("Authorization")).isEqualTo(Signatures.basic(ACCOUNT, new Secret(TOKEN)));
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.form())
                .isEqualTo(Map.of(
                        "To",
                        "+" + DIGITS,
                        "MessagingServiceSid",
                        SERVICE,
                        "Body",
                        TEXT,
                        "ValidityPeriod",
                        "300",
                        "StatusCallback",
                        CALLBACK.toString()));
    }

    @Override
    protected List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        Map<String, Outcome> codes = Map.ofEntries(
                Map.entry("21211", Outcome.NUMBER),
                Map.entry("21610", Outcome.NUMBER),
                Map.entry("21614", Outcome.NUMBER),
                Map.entry("21408", Outcome.FAULT),
                Map.entry("21612", Outcome.FAULT),
                Map.entry("21606", Outcome.FAULT),
                Map.entry("20003", Outcome.FAULT),
                Map.entry("20429", Outcome.FAULT),
                Map.entry("30450", Outcome.FRAUD),
                Map.entry("63003", Outcome.CHANNEL),
                Map.entry("63016", Outcome.FAULT),
                Map.entry("63024", Outcome.CHANNEL));
        codes.forEach((code, outcome) -> {
            String body = "{\"code\":" + code + ",\"message\":\"The 'To' number +" + DIGITS + " ... " + CODE
                    + "\",\"more_info\":\"https://www.twilio.com/docs/errors/" + code + "\",\"status\":400}";
            refusals.add(new Refusal("400 " + code, json(400, body), outcome));
            String failed = "{\"sid\":\"" + SID + "\",\"status\":\"failed\",\"error_code\":" + code
                    + ",\"error_message\":\"to " + DIGITS + "\"}";
            refusals.add(new Refusal("201 failed " + code, json(201, failed), outcome));
        });
        refusals.add(new Refusal("201 failed", json(201, "{\"sid\":\"x\",\"status\":\"failed\"}"), Outcome.FAULT));
        return refusals;
    }

    @Override
    protected List<Told> told() {
        List<Told> told = new ArrayList<>();
        Map<String, DeliveryStatus> statuses = Map.ofEntries(
                Map.entry("accepted", DeliveryStatus.SUBMITTED),
                Map.entry("scheduled", DeliveryStatus.SUBMITTED),
                Map.entry("queued", DeliveryStatus.SUBMITTED),
                Map.entry("sending", DeliveryStatus.SUBMITTED),
                Map.entry("sent", DeliveryStatus.IN_TRANSIT),
                Map.entry("delivered", DeliveryStatus.DELIVERED),
                Map.entry("read", DeliveryStatus.DELIVERED),
                Map.entry("undelivered", DeliveryStatus.UNDELIVERABLE),
                Map.entry("failed", DeliveryStatus.NOT_SENT),
                Map.entry("canceled", DeliveryStatus.NOT_SENT),
                Map.entry("partially_delivered", DeliveryStatus.UNKNOWN));
        statuses.forEach((status, expected) -> told.add(
                new Told(status, signed(Map.of("MessageStatus", status)), List.of(Receipt.of(ours(), expected, NOW)))));
        told.add(new Told(
                "with an error",
                signed(Map.of("MessageStatus", "undelivered", "ErrorCode", "30003")),
                List.of(new Receipt(
                        ours(),
                        DeliveryStatus.UNDELIVERABLE,
                        NOW,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("30003")))));
        Map<String, String> fields = fields(Map.of("MessageStatus", "sent"));
        told.add(new Told(
                "to the account",
                postedToAccount(FormData.encode(fields), header(ACCOUNT_CALLBACK.toString(), fields)),
                List.of(Receipt.of(new ProviderId(SID), DeliveryStatus.IN_TRANSIT, NOW))));
        return told;
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(signed(Map.of()), signed(Map.of("Other", "x")));
    }

    @Override
    protected List<String> signatureHeaders() {
        return List.of("X-Twilio-Signature");
    }

    @Override
    protected boolean signsUrl() {
        return true;
    }

    @Test
    void whatsappGoesByItsOwnSenderAndTemplate() {
        send(open(with("whatsapp_content_sid", CONTENT)), QUEUED);
        provider.answer(QUEUED);
        send(open(with("whatsapp_content_sid", CONTENT)), message(Channel.WHATSAPP));

        assertThat(provider.requests().getLast().form())
                .containsEntry("To", "whatsapp:+" + DIGITS)
                .containsEntry("From", "whatsapp:+14155550100")
                .containsEntry("ContentSid", CONTENT)
                .containsEntry("ContentVariables", "{\"1\":\"" + CODE + "\"}")
                .doesNotContainKeys("Body", "MessagingServiceSid");
        assertThat(provider.requests().getFirst().form()).doesNotContainKey("ContentSid");
    }

    @Test
    void rcsIsAskedForWithoutTwiliosOwnFallback() {
        provider.answer(QUEUED);
        send(open(), message(Channel.RCS));

        assertThat(sent().form())
                .containsEntry("To", "rcs:+" + DIGITS)
                .containsEntry("MessagingServiceSid", SERVICE)
                .containsEntry("Body", TEXT);
    }

    @Test
    void anApiKeyAuthorizesInsteadOfTheAccount() {
        String key = "SK0123456789abcdef0123456789abcdef";
        Map<String, Object> options = new HashMap<>(options());
        options.put("api_key_sid", key);
        assertThatThrownBy(() -> open(options)).hasMessageStartingWith("api_key_secret is missing");
        options.put("api_key_secret", "of-the-key");
        send(open(options), QUEUED);

        assertThat(sent().header("Authorization")).isEqualTo(Signatures.basic(key, new Secret("of-the-key")));
    }

    @Test
    void whatTheOperatorAsksForIsAskedOfTwilio() {
        Map<String, Object> options = with("risk_check", "disable");
        options.put("discard_content", true);
        send(open(options), QUEUED);

        assertThat(sent().form()).containsEntry("RiskCheck", "disable").containsEntry("ContentRetention", "discard");
    }

    @Test
    void thePriceIsKept() {
        String body = "{\"sid\":\"x\",\"status\":\"sent\",\"price\":\"-0.00750\",\"price_unit\":\"USD\"}";
        assertThat(send(open(), json(201, body)))
                .isEqualTo(new SendResult.Accepted(Optional.empty(), Optional.of(new Money(7_500, "USD"))));
    }

    @Test
    void aBodyOfJsonIsVerifiedByItsHash() {
        String body = "{\"MessageSid\":\"" + SID + "\",\"MessageStatus\":\"delivered\"}";
        String hash = Signatures.hex(Signatures.sha256(body.getBytes(UTF_8)));
        String url = CALLBACK + "?bodySHA256=" + hash;
        Webhook call = call("POST", url, body, header(url, Map.of()), Optional.of(REF));

        assertThat(open().webhook(call))
                .isEqualTo(new WebhookReply.Receipts(List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, NOW))));
        assertThat(open().webhook(call("POST", url, body + " ", header(url, Map.of()), Optional.of(REF))))
                .isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void idsOfAnotherFormAreRefused() {
        for (String name : List.of("account_sid", "messaging_service_sid", "whatsapp_sender", "whatsapp_content_sid")) {
            assertThatThrownBy(() -> open(with(name, "XX1"))).hasMessageStartingWith(name + " is not ");
        }
    }

    private static Webhook signed(Map<String, String> changed) {
        Map<String, String> fields = fields(changed);
        return posted(FormData.encode(fields), header(CALLBACK.toString(), fields));
    }

    private static Map<String, String> fields(Map<String, String> changed) {
        Map<String, String> fields = new HashMap<>(changed);
        fields.put("MessageSid", SID);
        fields.put("AccountSid", ACCOUNT);
        fields.put("To", "+" + DIGITS);
        fields.put("From", "Acme & Söhne");
        return fields;
    }

    private static Map<String, String> header(String url, Map<String, String> fields) {
        StringBuilder text = new StringBuilder(url);
        new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
        return Map.of(
                "X-Twilio-Signature",
                Signatures.base64(Hmac.SHA1.of(new Secret(TOKEN), text.toString())),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }
}
