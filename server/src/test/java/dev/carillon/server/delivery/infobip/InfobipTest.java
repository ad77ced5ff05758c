// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.infobip;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.HttpConnectionContract;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InfobipTest extends HttpConnectionContract {
    private static final String PENDING =
            "{\"groupId\":1,\"groupName\":\"PENDING\",\"id\":26,\"name\":\"PENDING_ACCEPTED\",\"description\":\"ok\"}";

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new InfobipKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of("base_url", provider.url() + "/", "api_key", "f00d-cafe");
    }

    @Override
    protected List<String> mandatory() {
        return List.of("base_url", "api_key");
    }

    @Override
    protected List<String> secrets() {
        return List.of("f00d-cafe");
    }

    @Override
    protected Map<String, String> templateIds() {
        return Map.of(
                TemplateIds.DLT_ENTITY, "1101",
                TemplateIds.DLT_TEMPLATE, "1107",
                TemplateIds.DLT_TELEMARKETER, "1302",
                TemplateIds.WHATSAPP, "login_code",
                TemplateIds.ZALO, "275301");
    }

    @Override
    protected Answer accepting() {
        return json(
                200,
                "{\"bulkId\":\"b\",\"messages\":[{\"messageId\":\"m\",\"status\":" + PENDING + ",\"destination\":\""
                        + DIGITS + "\",\"details\":{\"messageCount\":1}}]}");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return SendResult.Accepted.plain();
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method() + " " + request.path()).isEqualTo("POST /sms/3/messages");
        assertThat(request.header("Authorization")).isEqualTo("App f00d-cafe");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json())
                .isEqualTo(JsonTree.read("""
                {"messages":[{
                  "sender":"Acme",
                  "destinations":[{"to":"%s","messageId":"%s.sms.carrier-1"}],
                  "content":{"text":"%s","transliteration":"NONE"},
                  "options":{
                    "validityPeriod":{"amount":5,"timeUnit":"MINUTES"},
                    "regional":{"indiaDlt":{
                      "principalEntityId":"1101","contentTemplateId":"1107","telemarketerId":"1302"}}},
                  "webhooks":{"delivery":{"url":"%s"},"contentType":"application/json","callbackData":"%s"}}]}
                """.formatted(DIGITS, REF.encoded(), TEXT, CALLBACK, REF.encoded())));
    }

    @Override
    protected List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        Map<String, Outcome> statuses = new HashMap<>();
        for (String number : new String[] {
            "REJECTED_PREFIX_MISSING", "REJECTED_DND", "REJECTED_DESTINATION_BLOCKLISTED", "REJECTED_DESTINATION"
        }) {
            statuses.put(number, Outcome.NUMBER);
        }
        statuses.put("SIGNALS_BLOCKED", Outcome.FRAUD);
        for (String fault : new String[] {
            "REJECTED_NETWORK",
            "REJECTED_SOURCE",
            "REJECTED_NOT_ENOUGH_CREDITS",
            "REJECTED_SENDER",
            "REJECTED_ROUTE_NOT_AVAILABLE",
            "REJECTED_FLOODING_FILTER",
            "REJECTED_SYSTEM_ERROR",
            "REJECTED_NEW"
        }) {
            statuses.put(fault, Outcome.FAULT);
        }
        statuses.forEach((name, outcome) -> refusals.add(new Refusal(name, status("REJECTED", name), outcome)));
        refusals.add(new Refusal(
                "recipient",
                json(
                        400,
                        "{\"errorCode\":\"E400\",\"description\":\"Invalid " + DIGITS
                                + "\",\"violations\":[{\"property\":\"messages[0].destinations[0].to\",\"violation\":\"bad\"}]}"),
                Outcome.NUMBER));
        refusals.add(new Refusal(
                "recipient, older form",
                json(
                        400,
                        "{\"requestError\":{\"serviceException\":{\"messageId\":\"BAD_REQUEST\",\"text\":\"Bad\","
                                + "\"validationErrors\":{\"messages[0].to\":[\"bad\"]}}}}"),
                Outcome.NUMBER));
        refusals.add(new Refusal(
                "another field",
                json(400, "{\"errorCode\":\"E400\",\"violations\":[{\"property\":\"messages[0].sender\"}]}"),
                Outcome.FAULT));
        refusals.add(new Refusal(
                "credentials",
                json(401, "{\"errorCode\":\"E401\",\"description\":\"Invalid credentials\",\"violations\":[]}"),
                Outcome.FAULT));
        refusals.add(new Refusal("no status", json(200, "{\"messages\":[{}]}"), Outcome.UNKNOWN));
        return refusals;
    }

    private static Answer status(String group, String name) {
        return json(
                200,
                "{\"messages\":[{\"status\":{\"groupName\":\"" + group + "\",\"name\":\"" + name
                        + "\",\"description\":\"About " + DIGITS + "\"}}]}");
    }

    @Override
    protected List<Told> told() {
        List<Told> told = new ArrayList<>();
        told.add(report("DELIVERED", "DELIVERED_TO_HANDSET", DeliveryStatus.DELIVERED));
        told.add(report("DELIVERED", "DELIVERED_TO_OPERATOR", DeliveryStatus.IN_TRANSIT));
        told.add(report("PENDING", "PENDING_ENROUTE", DeliveryStatus.IN_TRANSIT));
        told.add(report("PENDING", "PENDING_ACCEPTED", DeliveryStatus.SUBMITTED));
        told.add(report("ACCEPTED", "MESSAGE_ACCEPTED", DeliveryStatus.SUBMITTED));
        told.add(report("UNDELIVERABLE", "UNDELIVERABLE_NOT_DELIVERED", DeliveryStatus.UNDELIVERABLE));
        told.add(report("UNDELIVERABLE", "UNDELIVERABLE_NOT_SENT", DeliveryStatus.NOT_SENT));
        told.add(report("EXPIRED", "EXPIRED_EXPIRED", DeliveryStatus.UNDELIVERABLE));
        told.add(report("EXPIRED", "EXPIRED_DLR_UNKNOWN", DeliveryStatus.UNKNOWN));
        told.add(report("EXPIRED", "SIGNALS_BLOCKED", DeliveryStatus.NOT_SENT));
        told.add(report("REJECTED", "REJECTED_NETWORK", DeliveryStatus.NOT_SENT));
        told.add(report("SOMETHING", "NEW", DeliveryStatus.UNKNOWN));
        told.add(new Told(
                "whole",
                posted("""
                        {"results":[{"bulkId":"b","messageId":"m","to":"%s","sender":"Acme",
                          "sentAt":"2026-11-22T10:04:50.000+0100","doneAt":"2026-11-22T10:04:59.250+0100",
                          "messageCount":2,"mccMnc":"23415","price":{"pricePerMessage":0.0325,"currency":"EUR"},
                          "status":{"groupName":"UNDELIVERABLE","name":"UNDELIVERABLE_NOT_DELIVERED"},
                          "error":{"groupName":"HANDSET_ERRORS","id":27,"name":"EC_ABSENT_SUBSCRIBER","permanent":false},
                          "callbackData":"%s","platform":{}}]}""".formatted(DIGITS, REF.encoded()), Map.of()),
                List.of(new Receipt(
                        ours(),
                        DeliveryStatus.UNDELIVERABLE,
                        Instant.parse("2026-11-22T09:04:59.250Z"),
                        Optional.of(new Network("23415")),
                        Optional.of(Money.of("0.065", "EUR")),
                        Optional.of("EC_ABSENT_SUBSCRIBER")))));
        told.add(new Told(
                "seen",
                posted("{\"results\":[{\"messageId\":\"m\",\"seenAt\":\"2026-11-22T09:05:00.000+0000\"}]}", Map.of()),
                List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, Instant.parse("2026-11-22T09:05:00Z")))));
        told.add(new Told("nothing", posted("{\"results\":[]}", Map.of()), List.of()));
        return told;
    }

    private static Told report(String group, String name, DeliveryStatus status) {
        return new Told(
                name,
                posted(
                        "{\"results\":[{\"messageId\":\"m\",\"status\":{\"groupName\":\"" + group + "\",\"name\":\""
                                + name + "\"},\"error\":{\"name\":\"NO_ERROR\"},\"mccMnc\":\"null\"}]}",
                        Map.of()),
                List.of(new Receipt(ours(), status, NOW, Optional.empty(), Optional.empty(), Optional.of(name))));
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(posted("", Map.of()), posted("{}", Map.of()), posted("results=1", Map.of()));
    }

    @Test
    void aReportOfAnotherAttemptDoesNotCount() {
        AttemptRef other = new AttemptRef(REF.verification(), 1);
        Webhook call = posted(
                "{\"results\":[{\"status\":{\"groupName\":\"DELIVERED\"},\"callbackData\":\"" + other.encoded()
                        + "\"}]}",
                Map.of());
        assertThat(open().webhook(call)).isEqualTo(new WebhookReply.Receipts(List.of()));
    }

    @Test
    void aMessageThatInfobipHasAlreadyIsAccepted() {
        assertThat(send(open(), status("REJECTED", "REJECTED_DUPLICATE_MESSAGE_ID")))
                .isEqualTo(SendResult.Accepted.plain());
    }

    @Test
    void callsToTheAccountNeedThePasswordOrTheToken() {
        String body = "{\"results\":[{\"messageId\":\"m\",\"status\":{\"groupName\":\"DELIVERED\"},\"callbackData\":\""
                + REF.encoded() + "\"}]}";
        Map<String, Object> options = new HashMap<>(with("webhook_token", "t0ken"));
        options.put("webhook_user", "infobip");
        options.put("webhook_password", "pass:word");
        String basic = Signatures.basic("infobip", new Secret("pass:word"));
        WebhookReply expected = new WebhookReply.Receipts(List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, NOW)));

        assertThat(open(options).webhook(postedToAccount(body, Map.of("Authorization", basic))))
                .isEqualTo(expected);
        assertThat(open(options)
                        .webhook(call("POST", ACCOUNT_CALLBACK + "?token=t0ken", body, Map.of(), Optional.empty())))
                .isEqualTo(expected);
        assertThat(open(options).webhook(postedToAccount(body, Map.of("Authorization", basic + "x"))))
                .isInstanceOf(WebhookReply.Forged.class);
        assertThat(open(options)
                        .webhook(call("POST", ACCOUNT_CALLBACK + "?token=other", body, Map.of(), Optional.empty())))
                .isInstanceOf(WebhookReply.Forged.class);
        assertThat(open(options).webhook(postedToAccount(body, Map.of()))).isInstanceOf(WebhookReply.Forged.class);
    }

    @Test
    void aUserWithoutAPasswordIsAMistake() {
        assertThatThrownBy(() -> open(with("webhook_user", "infobip"))).hasMessage("webhook_password is missing");
    }

    @ParameterizedTest
    @CsvSource({"VIBER,/viber/2/messages", "RCS,/rcs/2/messages"})
    void textsOfMessengersGoInTheSameEnvelope(Channel channel, String path) {
        provider.answer(accepting());
        assertThat(send(open(), message(channel))).isEqualTo(SendResult.Accepted.plain());
        assertThat(sent().path()).isEqualTo(path);
        assertThat(sent().json().at("/messages/0/content"))
                .isEqualTo(JsonTree.object().put("type", "TEXT").put("text", TEXT));
        assertThat(sent().json().at("/messages/0/options/label").asText(""))
                .isEqualTo(channel == Channel.VIBER ? "TRANSACTIONAL" : "");
        assertThat(sent().json().at("/messages/0/options").has("regional")).isFalse();
    }

    @Test
    void zaloTakesTheCodeInATemplate() {
        provider.answer(accepting());
        assertThat(send(open(with("zalo_parameter", "ma_otp")), message(Channel.ZALO)))
                .isEqualTo(SendResult.Accepted.plain());
        assertThat(sent().path()).isEqualTo("/zalo/2/messages");
        assertThat(sent().json().at("/messages/0/content")).isEqualTo(JsonTree.read("""
                {"type":"TEMPLATE","templateName":275301,"templateData":{"ma_otp":"%s"}}""".formatted(CODE)));
        assertThat(sent().body()).doesNotContain("Größe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en_US", "en"})
    void whatsAppTakesTheCodeTwiceInATemplate(String language) {
        provider.answer(json(
                200,
                "{\"messages\":[{\"to\":\"1\",\"messageId\":\"m\",\"status\":" + PENDING + "}],\"bulkId\":\"b\"}"));
        Map<String, Object> options =
                language.equals("en") ? with("whatsapp_languages", Map.of("en-US", "en")) : options();
        assertThat(send(open(options), message(Channel.WHATSAPP))).isEqualTo(SendResult.Accepted.plain());
        assertThat(sent().path()).isEqualTo("/whatsapp/1/message/template");
        assertThat(sent().json()).isEqualTo(JsonTree.read("""
                {"messages":[{"from":"Acme","to":"%s","messageId":"%s.whatsapp.carrier-1",
                  "content":{"templateName":"login_code","templateData":{
                      "body":{"placeholders":["%s"]},"buttons":[{"type":"URL","parameter":"%s"}]},
                    "language":"%s"},
                  "notifyUrl":"%s","callbackData":"%s"}]}
                """.formatted(
                        DIGITS, REF.encoded(), CODE, CODE, language, CALLBACK, REF.encoded())));
    }

    @ParameterizedTest
    @EnumSource(names = {"WHATSAPP", "ZALO"})
    void withoutItsTemplateAMessengerIsAFault(Channel channel) {
        assertThat(send(open(), withoutTemplates(channel))).isInstanceOf(SendResult.Fault.class);
        assertThat(provider.requests()).isEmpty();
    }

    private Message withoutTemplates(Channel channel) {
        Message message = message(channel);
        return new Message(
                message.ref(),
                message.attemptId(),
                message.to(),
                message.regionCode(),
                channel,
                message.senderId(),
                message.text(),
                message.code(),
                message.locale(),
                Map.of(),
                message.expiresAt());
    }

    @ParameterizedTest
    @CsvSource({"REJECTED,REJECTED_NETWORK", "UNDELIVERABLE,UNDELIVERABLE_NOT_SENT"})
    void aMessengerThatDoesNotReachTheNumberLeavesOtherChannels(String group, String name) {
        provider.answer(status(group, name));
        assertThat(send(open(), message(Channel.RCS)))
                .isInstanceOfSatisfying(
                        SendResult.Rejected.class, it -> assertThat(it.reason()).isEqualTo(Reason.CHANNEL));
        assertThat(send(open(), message(Channel.SMS))).isInstanceOf(SendResult.Fault.class);
    }
}
