// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.plivo;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlivoTest extends HttpConnectionContract {
    private static final Secret TOKEN = new Secret("t0ken-of-the-account");
    private static final String NONCE = "4711";

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new PlivoKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of("base_url", provider.url().toString(), "auth_id", "MAXXXX", "auth_token", TOKEN.value());
    }

    @Override
    protected List<String> mandatory() {
        return List.of("auth_id", "auth_token");
    }

    @Override
    protected List<String> secrets() {
        return List.of(TOKEN.value(), Signatures.basic("MAXXXX", TOKEN));
    }

    @Override
    protected Map<String, String> templateIds() {
        return Map.of(TemplateIds.DLT_ENTITY, "1101", TemplateIds.DLT_TEMPLATE, "1107");
    }

    @Override
    protected Answer accepting() {
        return json(202, "{\"message\":\"message(s) queued\",\"message_uuid\":[\"db3ce55a\"],\"api_id\":\"a\"}");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return new SendResult.Accepted(Optional.of("db3ce55a"), Optional.empty());
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /v1/Account/MAXXXX/Message/");
        assertThat(request.header("Authorization")).isEqualTo(Signatures.basic("MAXXXX", TOKEN));
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json()).isEqualTo(JsonTree.read("""
                {"src":"Acme","dst":"+%s","text":"%s","type":"sms","log":"false","message_expiry":300,
                 "url":"%s","method":"POST",
                 "dlt_entity_id":"1101","dlt_template_id":"1107","dlt_template_category":"service_implicit"}
                """.formatted(DIGITS, TEXT, CALLBACK)));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                new Refusal("recipient", error(400, "dst parameter is invalid: " + DIGITS), Outcome.NUMBER),
                new Refusal(
                        "invalid number",
                        json(202, "{\"message_uuid\":[],\"invalid_number\":[\"" + DIGITS + "\"],\"api_id\":\"a\"}"),
                        Outcome.NUMBER),
                new Refusal("sender", error(400, "src parameter is invalid"), Outcome.FAULT),
                new Refusal("credentials", error(401, "authentication failed"), Outcome.FAULT),
                new Refusal("balance", error(402, "insufficient credit"), Outcome.FAULT),
                new Refusal("no uuid", json(202, "{\"message\":\"queued\",\"message_uuid\":[]}"), Outcome.UNKNOWN));
    }

    private static Answer error(int status, String words) {
        return json(status, "{\"error\":\"" + words + "\",\"api_id\":\"a\"}");
    }

    @Override
    protected List<Told> told() {
        List<Told> told = new ArrayList<>();
        Map.of(
                        "queued", DeliveryStatus.SUBMITTED,
                        "sent", DeliveryStatus.IN_TRANSIT,
                        "delivered", DeliveryStatus.DELIVERED,
                        "read", DeliveryStatus.DELIVERED,
                        "undelivered", DeliveryStatus.UNDELIVERABLE,
                        "failed", DeliveryStatus.NOT_SENT,
                        "rejected", DeliveryStatus.NOT_SENT,
                        "something new", DeliveryStatus.UNKNOWN)
                .forEach((status, meaning) -> told.add(new Told(
                        status,
                        signed(Map.of("MessageUUID", "db3ce55a", "Status", status)),
                        List.of(Receipt.of(ours(), meaning, NOW)))));
        told.add(new Told(
                "whole",
                signed(Map.of(
                        "MessageUUID", "db3ce55a",
                        "Status", "undelivered",
                        "To", DIGITS,
                        "From", "Acme & Söhne",
                        "ErrorCode", "80",
                        "Units", "1",
                        "MCC", "310",
                        "MNC", "004",
                        "TotalRate", "0.00350",
                        "TotalAmount", "0.00700")),
                List.of(new Receipt(
                        ours(),
                        DeliveryStatus.UNDELIVERABLE,
                        NOW,
                        Optional.of(new Network("310004")),
                        Optional.of(Money.of("0.007", "USD")),
                        Optional.of("80")))));
        told.add(new Told(
                "by GET",
                got(
                        "Status=sent&MessageUUID=db3ce55a&TotalRate=0.0035",
                        headers(CALLBACK + "?MessageUUID=db3ce55a&Status=sent&TotalRate=0.0035")),
                List.of(new Receipt(
                        ours(),
                        DeliveryStatus.IN_TRANSIT,
                        NOW,
                        Optional.empty(),
                        Optional.of(Money.of("0.0035", "USD")),
                        Optional.empty()))));
        return told;
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(signed(Map.of("MessageUUID", "1")), posted("", headers(CALLBACK.toString())));
    }

    @Override
    protected List<String> signatureHeaders() {
        return List.of("X-Plivo-Signature-V3", "X-Plivo-Signature-V3-Nonce");
    }

    @Override
    protected boolean signsUrl() {
        return true;
    }

    private static Webhook signed(Map<String, String> fields) {
        StringBuilder base = new StringBuilder(CALLBACK + "?");
        new TreeMap<>(fields).forEach((name, value) -> base.append(name).append(value));
        return posted(FormData.encode(fields), headers(base.toString()));
    }

    private static Map<String, String> headers(String base) {
        return Map.of(
                "X-Plivo-Signature-V3",
                Signatures.base64(Hmac.SHA256.of(TOKEN, base + "." + NONCE)),
                "X-Plivo-Signature-V3-Nonce",
                NONCE);
    }

    @Test
    void aPowerpackSendsInsteadOfTheSender() {
        send(open(with("powerpack_uuid", "5ec4c8c9")), accepting());
        assertThat(sent().json().path("powerpack_uuid").asText()).isEqualTo("5ec4c8c9");
        assertThat(sent().json().has("src")).isFalse();
    }

    @Test
    void textsAreKeptOnlyWhenAskedFor() {
        send(open(with("keep_content", true)), accepting());
        assertThat(sent().json().path("log").asText()).isEqualTo("true");
    }

    @Test
    void mistakesInOptionsAreNamed() {
        assertThatThrownBy(() -> open(with("currency", "dollars")))
                .hasMessage("currency must be three capital letters");
        assertThatThrownBy(() -> open(with("auth_id", "MA/../x"))).hasMessage("auth_id must be letters and digits");
    }
}
