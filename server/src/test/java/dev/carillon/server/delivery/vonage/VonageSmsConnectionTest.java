// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.phone.Network;
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
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class VonageSmsConnectionTest extends HttpConnectionContract {
    private static final Secret SHARED = new Secret("the-signature-secret");
    private static final Instant TOLD_AT = Instant.parse("2026-11-22T09:04:58Z");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new VonageSmsKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "api_key",
                "abcd1234",
                "api_secret",
                "the-api-secret",
                "signature_secret",
                SHARED.value(),
                "base_url",
                provider.url().toString());
    }

    @Override
    protected List<String> mandatory() {
        return List.of("api_key", "api_secret");
    }

    @Override
    protected List<String> secrets() {
        return List.of("the-api-secret", SHARED.value());
    }

    @Override
    protected Map<String, String> templateIds() {
        return Map.of(TemplateIds.DLT_ENTITY, "1101", TemplateIds.DLT_TEMPLATE, "1107");
    }

    @Override
    protected Answer accepting() {
        return parts("0", "0");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return new SendResult.Accepted(Optional.empty(), Optional.of(new Money(66_600, "EUR")));
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/sms/json");
        assertThat(request.form())
                .isEqualTo(Map.ofEntries(
                        Map.entry("api_key", "abcd1234"),
                        Map.entry("api_secret", "the-api-secret"),
                        Map.entry("from", "Acme"),
                        Map.entry("to", DIGITS),
                        Map.entry("text", TEXT),
                        Map.entry("type", "text"),
                        Map.entry("ttl", "300000"),
                        Map.entry("client-ref", REF.encoded()),
                        Map.entry("status-report-req", "1"),
                        Map.entry("callback", CALLBACK.toString()),
                        Map.entry("entity-id", "1101"),
                        Map.entry("content-id", "1107")));
    }

    @Override
    protected List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        for (String number : List.of("6", "7", "33")) {
            refusals.add(new Refusal("status " + number, parts(number), Outcome.NUMBER));
        }
        for (String fault : List.of(
                "1", "2", "3", "4", "5", "8", "9", "10", "11", "12", "14", "15", "22", "23", "29", "32", "99")) {
            refusals.add(new Refusal("status " + fault, parts(fault), Outcome.FAULT));
        }
        refusals.add(new Refusal("the second part refused", parts("0", "7"), Outcome.UNKNOWN));
        refusals.add(new Refusal("the first part refused", parts("7", "0"), Outcome.UNKNOWN));
        refusals.add(new Refusal("both parts refused", parts("7", "7"), Outcome.NUMBER));
        refusals.add(new Refusal("no parts", json(200, "{\"message-count\":\"0\",\"messages\":[]}"), Outcome.UNKNOWN));
        refusals.add(new Refusal("no status", json(200, "{\"messages\":[{}]}"), Outcome.UNKNOWN));
        return refusals;
    }

    @Override
    protected List<Told> told() {
        Map<String, DeliveryStatus> statuses = Map.of(
                "delivered", DeliveryStatus.DELIVERED,
                "accepted", DeliveryStatus.IN_TRANSIT,
                "buffered", DeliveryStatus.IN_TRANSIT,
                "expired", DeliveryStatus.UNDELIVERABLE,
                "failed", DeliveryStatus.UNDELIVERABLE,
                "rejected", DeliveryStatus.UNDELIVERABLE,
                "unknown", DeliveryStatus.UNKNOWN,
                "new-word", DeliveryStatus.UNKNOWN);
        List<Told> told = new ArrayList<>();
        statuses.forEach((status, expected) -> {
            Map<String, String> fields = sign(dlr(Map.of("status", status)));
            List<Receipt> receipts = List.of(receipt(ours(), expected, Optional.empty()));
            told.add(new Told(status + " by GET", got(FormData.encode(fields), Map.of()), receipts));
            told.add(new Told(status + " by form", posted(FormData.encode(fields), Map.of()), receipts));
            told.add(new Told(status + " by JSON", posted(asJson(fields), jsonType()), receipts));
        });
        Map<String, String> failed = sign(dlr(Map.of("status", "failed", "err-code", "2")));
        told.add(new Told(
                "to the account with our reference",
                gotOfAccount(FormData.encode(failed), Map.of()),
                List.of(receipt(ours(), DeliveryStatus.UNDELIVERABLE, Optional.of("2")))));
        Map<String, String> other = sign(dlr(Map.of("status", "delivered", "client-ref", "another system's")));
        told.add(new Told(
                "to the account with another reference",
                gotOfAccount(FormData.encode(other), Map.of()),
                List.of(receipt(new ProviderId("0A0000000123ABCD1"), DeliveryStatus.DELIVERED, Optional.empty()))));
        return told;
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(posted(FormData.encode(sign(dlr(Map.of()))), Map.of()));
    }

    @Override
    protected boolean signsBody() {
        return true;
    }

    @Override
    protected boolean needsSealedUrl() {
        return false;
    }

    @Override
    protected Optional<Webhook> signedAt(Instant time) {
        Map<String, String> fields =
                sign(dlr(Map.of("status", "delivered", "timestamp", Long.toString(time.getEpochSecond()))));
        return Optional.of(got(FormData.encode(fields), Map.of()));
    }

    @Test
    void theNonceIsTold() {
        Map<String, String> fields = sign(dlr(Map.of("status", "delivered")));
        assertThat(open().webhook(got(FormData.encode(fields), Map.of())))
                .isInstanceOfSatisfying(WebhookReply.Receipts.class, receipts -> assertThat(receipts.nonce())
                        .contains("7f0e"));
    }

    @Test
    void eachPartOfASignatureCounts() {
        Map<String, String> genuine = sign(dlr(Map.of("status", "failed")));
        for (String name : genuine.keySet()) {
            Map<String, String> forged = new HashMap<>(genuine);
            forged.put(name, name.equals("status") ? "delivered" : "1");
            assertThat(open().webhook(got(FormData.encode(forged), Map.of())))
                    .as(name)
                    .isInstanceOf(WebhookReply.Forged.class);
            forged.remove(name);
            assertThat(open().webhook(got(FormData.encode(forged), Map.of())))
                    .as(name)
                    .isInstanceOf(WebhookReply.Forged.class);
        }
    }

    @Test
    void withoutASignatureSecretOnlyAnAttemptsUrlIsBelieved() {
        Map<String, Object> options = new HashMap<>(options());
        options.remove("signature_secret");
        String query = FormData.encode(dlr(Map.of("status", "delivered")));

        assertThat(open(options).webhook(gotOfAccount(query, Map.of()))).isInstanceOf(WebhookReply.Forged.class);
        assertThat(open(options).webhook(got(query, Map.of())))
                .isEqualTo(new WebhookReply.Receipts(
                        List.of(receipt(ours(), DeliveryStatus.DELIVERED, Optional.empty()))));
    }

    private static Answer parts(String... statuses) {
        StringBuilder text = new StringBuilder();
        for (String status : statuses) {
            text.append(text.isEmpty() ? "" : ",");
            text.append(
                    status.equals("0")
                            ? "{\"to\":\"" + DIGITS + "\",\"message-id\":\"0A1\",\"status\":\"0\","
                                    + "\"remaining-balance\":\"3.14\",\"message-price\":\"0.0333\",\"network\":\"23410\"}"
                            : "{\"status\":\"" + status + "\",\"error-text\":\"Refused for " + DIGITS + ": " + CODE
                                    + "\"}");
        }
        return json(200, "{\"message-count\":\"" + statuses.length + "\",\"messages\":[" + text + "]}");
    }

    private static Map<String, String> dlr(Map<String, String> changed) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "msisdn", DIGITS,
                "to", "Acme & Co",
                "network-code", "23410",
                "messageId", "0A0000000123ABCD1",
                "price", "0.03330000",
                "scts", "2611220905",
                "err-code", "0",
                "client-ref", REF.encoded(),
                "message-timestamp", "2026-11-22 09:04:58"));
        fields.put("timestamp", Long.toString(NOW.getEpochSecond()));
        fields.put("nonce", "7f0e");
        fields.putAll(changed);
        return fields;
    }

    private static Map<String, String> sign(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(fields)
                .forEach((name, value) ->
                        text.append("&" + name + "=" + value.replace('&', '_').replace('=', '_')));
        Map<String, String> signed = new HashMap<>(fields);
        signed.put("sig", Signatures.hex(Hmac.SHA256.of(SHARED, text.toString())));
        return signed;
    }

    private static String asJson(Map<String, String> fields) {
        var node = JsonTree.object();
        fields.forEach(node::put);
        return JsonTree.write(node);
    }

    private static Map<String, String> jsonType() {
        return Map.of("Content-Type", "application/json");
    }

    private static Receipt receipt(Receipt.Subject subject, DeliveryStatus status, Optional<String> code) {
        return new Receipt(
                subject,
                status,
                TOLD_AT,
                Optional.of(new Network("23410")),
                Optional.of(new Money(33_300, "EUR")),
                code);
    }
}
