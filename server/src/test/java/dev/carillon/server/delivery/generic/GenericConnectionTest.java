// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.ProviderFixture;
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
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A provider that speaks JSON and signs, and after that others with other habits. */
class GenericConnectionTest extends HttpConnectionContract {
    private static final Secret KEY = new Secret("the-key-of-the-gateway");
    private static final Secret SHARED = new Secret("the-secret-of-receipts");
    private static final Instant TOLD_AT = Instant.parse("2026-11-22T09:04:58Z");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new GenericKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        Map<String, Object> options = new HashMap<>();
        options.put("url", provider.url() + "/send?country={{country}}");
        options.put("headers", Map.of("Authorization", "Bearer {{secret.key}}", "X-Attempt", "{{attempt_id}}"));
        options.put("secrets", Map.of("key", KEY.value()));
        options.put(
                "body",
                "{\"to\":\"{{digits}}\",\"from\":\"{{ sender }}\",\"text\":\"{{text}}\",\"ttl\":{{ttl_seconds}},"
                        + "\"reference\":\"{{ref}}\",\"report\":\"{{callback}}\"}");
        options.put("accepted", Map.of("statuses", "200-202", "id", Map.of("json", "/messages/0/id")));
        options.put(
                "errors",
                Map.of(
                        "code", Map.of("json", "/error/code"),
                        "words", Map.of("json", "/error/message"),
                        "number", List.of("no_such_number", "http-410"),
                        "channel", List.of("no_user"),
                        "fraud", List.of("pumping"),
                        "fault", List.of("no_credit"),
                        "unknown", List.of("maybe")));
        options.put("receipt", receipt());
        return options;
    }

    private static Map<String, Object> receipt() {
        Map<String, Object> receipt = new HashMap<>();
        receipt.put("list", "/results");
        receipt.put("ref", Map.of("json", "/reference"));
        receipt.put("id", Map.of("json", "/id"));
        receipt.put("status", Map.of("json", "/status"));
        receipt.put(
                "statuses",
                Map.of(
                        "DELIVRD", "delivered",
                        "UNDELIV", "undeliverable",
                        "REJECTD", "not-sent",
                        "ENROUTE", "in-transit",
                        "ACCEPTD", "submitted",
                        "UNKNOWN", "unknown"));
        receipt.put("time", Map.of("json", "/at"));
        receipt.put("code", Map.of("json", "/code"));
        receipt.put("network", Map.of("json", "/mccmnc"));
        receipt.put("signature", Map.of("header", "X-Signature", "secret", SHARED.value(), "prefix", "sha256="));
        return receipt;
    }

    @Override
    protected List<String> mandatory() {
        return List.of("url", "body", "receipt.status", "receipt.statuses");
    }

    @Override
    protected List<String> secrets() {
        return List.of(KEY.value(), SHARED.value());
    }

    @Override
    protected Answer accepting() {
        return json(202, "{\"messages\":[{\"id\":\"m-1\"}]}");
    }

    @Override
    protected SendResult.Accepted accepted() {
        return SendResult.Accepted.plain();
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/send");
        assertThat(request.query()).isEqualTo("country=GB");
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + KEY.value());
        assertThat(request.header("X-Attempt")).isEqualTo(ATTEMPT.toString());
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.json())
                .isEqualTo(JsonTree.object()
                        .put("to", DIGITS)
                        .put("from", "Acme")
                        .put("text", TEXT)
                        .put("ttl", 300)
                        .put("reference", REF.encoded())
                        .put("report", CALLBACK.toString()));
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                new Refusal("number", error(400, "no_such_number"), Outcome.NUMBER),
                new Refusal("number with 200", error(200, "no_such_number"), Outcome.NUMBER),
                new Refusal("number by status", json(410, "{}"), Outcome.NUMBER),
                new Refusal("channel", error(400, "no_user"), Outcome.CHANNEL),
                new Refusal("fraud", error(400, "pumping"), Outcome.FRAUD),
                new Refusal("fault", error(504, "no_credit"), Outcome.FAULT),
                new Refusal("unknown", error(400, "maybe"), Outcome.UNKNOWN),
                new Refusal("another code", error(400, "other"), Outcome.FAULT),
                new Refusal("another status of success", json(204, ""), Outcome.UNKNOWN));
    }

    @Override
    protected List<Told> told() {
        Map<String, DeliveryStatus> statuses = Map.of(
                "DELIVRD", DeliveryStatus.DELIVERED,
                "delivrd", DeliveryStatus.DELIVERED,
                "UNDELIV", DeliveryStatus.UNDELIVERABLE,
                "REJECTD", DeliveryStatus.NOT_SENT,
                "ENROUTE", DeliveryStatus.IN_TRANSIT,
                "ACCEPTD", DeliveryStatus.SUBMITTED,
                "UNKNOWN", DeliveryStatus.UNKNOWN,
                "NEWWORD", DeliveryStatus.UNKNOWN);
        List<Told> told = new ArrayList<>();
        statuses.forEach((status, expected) -> {
            String body = "{\"results\":[" + report(REF.encoded(), status) + "]}";
            told.add(new Told(status, posted(body, signed(body)), List.of(receipt(ours(), expected))));
        });
        String several = "{\"results\":[" + report(REF.encoded(), "ENROUTE") + "," + report("other", "DELIVRD") + "]}";
        told.add(new Told(
                "several to the account",
                postedToAccount(several, signed(several)),
                List.of(
                        receipt(ours(), DeliveryStatus.IN_TRANSIT),
                        receipt(new ProviderId("m-1"), DeliveryStatus.DELIVERED))));
        told.add(new Told("none", posted("{\"results\":[]}", signed("{\"results\":[]}")), List.of()));
        String plain = "{\"results\":[{\"reference\":\"" + REF.encoded() + "\",\"status\":\"DELIVRD\",\"at\":\"?\"}]}";
        told.add(new Told(
                "no time",
                postedToAccount(plain, signed(plain)),
                List.of(Receipt.of(ours(), DeliveryStatus.DELIVERED, NOW))));
        return told;
    }

    @Override
    protected List<Webhook> unreadable() {
        String noStatus = "{\"results\":[{\"id\":\"m-1\"}]}";
        String noName = "{\"results\":[{\"status\":\"DELIVRD\"}]}";
        return List.of(posted(noStatus, signed(noStatus)), postedToAccount(noName, signed(noName)));
    }

    @Override
    protected List<String> signatureHeaders() {
        return List.of("X-Signature");
    }

    @Test
    void aGatewayThatTakesAFormAndAnswersInText() {
        Map<String, Object> options = new HashMap<>();
        options.put("url", provider.url() + "/http/send");
        options.put("form", Map.of("dst", "{{to}}", "msg", "{{text}}", "src", "{{sender}}"));
        options.put("basic", Map.of("user", "acme", "password", "hunter2"));
        options.put("accepted", Map.of("body", "^OK ", "id", Map.of("regex", "^OK (\\S+)")));
        options.put("errors", Map.of("code", Map.of("regex", "^ERR (\\d+)"), "number", List.of("3001")));
        options.put(
                "receipt",
                Map.of(
                        "method", "GET",
                        "id", Map.of("field", "smsid"),
                        "status", Map.of("field", "status"),
                        "statuses", Map.of("1", "delivered", "2", "undeliverable"),
                        "time", Map.of("field", "at"),
                        "time_format", "unix",
                        "token", Map.of("query", "key", "secret", "of-receipts")));
        var connection = open(options);

        assertThat(send(connection, text("OK 815\n")))
                .isEqualTo(new SendResult.Accepted(Optional.of("815"), Optional.empty()));
        assertThat(send(connection, text("ERR 3001"))).isInstanceOf(SendResult.Rejected.class);
        assertThat(send(connection, text("ERR 9"))).isEqualTo(new SendResult.Fault("HTTP 200 9"));
        assertThat(send(connection, text("Hello"))).isInstanceOf(SendResult.Unknown.class);
        Recorded request = provider.requests().getFirst();
        assertThat(request.form()).isEqualTo(Map.of("dst", "+" + DIGITS, "msg", TEXT, "src", "Acme"));
        assertThat(request.header("Authorization")).isEqualTo(Signatures.basic("acme", new Secret("hunter2")));

        assertThat(connection.webhook(gotOfAccount("key=of-receipts&smsid=815&status=1&at=1795338298", Map.of())))
                .isEqualTo(new WebhookReply.Receipts(
                        List.of(Receipt.of(new ProviderId("815"), DeliveryStatus.DELIVERED, TOLD_AT))));
        for (String query :
                List.of("smsid=815&status=1", "key=x&smsid=815&status=1", "key=of-receipts&key=of-receipts")) {
            assertThat(connection.webhook(gotOfAccount(query, Map.of()))).isInstanceOf(WebhookReply.Forged.class);
        }
    }

    @Test
    void aGatewayThatTakesAQueryAndReportsToAttemptsUrlsWithoutASignature() {
        Map<String, Object> options = new HashMap<>();
        options.put("method", "GET");
        options.put("url", provider.url() + "/send/{{digits}}?text={{text}}&from={{sender}}&dlr={{callback}}");
        options.put(
                "receipt",
                Map.of(
                        "status",
                        Map.of("field", "status"),
                        "statuses",
                        Map.of("delivered", "delivered"),
                        "code",
                        Map.of("header", "X-Code")));
        var connection = open(options);

        assertThat(send(connection, text(""))).isEqualTo(SendResult.Accepted.plain());
        assertThat(sent().path()).isEqualTo("/send/" + DIGITS);
        assertThat(sent().body()).isEmpty();
        assertThat(sent().queryFields()).isEqualTo(Map.of("text", TEXT, "from", "Acme", "dlr", CALLBACK.toString()));

        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded", "X-Code", "7");
        Receipt receipt = new Receipt(
                ours(), DeliveryStatus.DELIVERED, NOW, Optional.empty(), Optional.empty(), Optional.of("7"));
        assertThat(connection.webhook(posted("status=delivered", form)))
                .isEqualTo(new WebhookReply.Receipts(List.of(receipt)));
        assertThat(connection.webhook(postedToAccount("status=delivered", form)))
                .isInstanceOf(WebhookReply.Forged.class);
        assertThat(connection.webhook(got("status=delivered", Map.of()))).isInstanceOf(WebhookReply.Unreadable.class);
    }

    @Test
    void aGatewayThatTakesXml() {
        Map<String, Object> options = new HashMap<>();
        options.put("url", provider.url() + "/xml");
        options.put("format", "xml");
        options.put("content_type", "text/xml");
        options.put("body", "<sms to=\"{{digits}}\"><from>{{sender}}</from><text>{{text}}</text></sms>");
        var connection = open(options);
        send(connection, text("fine"));

        assertThat(sent().header("Content-Type")).isEqualTo("text/xml");
        assertThat(sent().body())
                .isEqualTo("<sms to=\"" + DIGITS + "\"><from>Acme</from><text>" + TEXT + "</text></sms>");
        assertThat(connection.webhook(posted("x", Map.of()))).isInstanceOf(WebhookReply.Forged.class);
    }

    private static Answer text(String body) {
        return new ProviderFixture.Whole(200, "text/plain", body);
    }

    private static Answer error(int status, String code) {
        return json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"to +" + DIGITS + ": " + CODE + "\"}}");
    }

    private static String report(String ref, String status) {
        return "{\"id\":\"m-1\",\"reference\":\"" + ref + "\",\"status\":\"" + status + "\",\"at\":\"" + TOLD_AT
                + "\",\"code\":17,\"mccmnc\":\"23410\"}";
    }

    private static Receipt receipt(Receipt.Subject subject, DeliveryStatus status) {
        return new Receipt(
                subject, status, TOLD_AT, Optional.of(new Network("23410")), Optional.empty(), Optional.of("17"));
    }

    private static Map<String, String> signed(String body) {
        return Map.of("X-Signature", "sha256=" + Signatures.hex(Hmac.SHA256.of(SHARED, body.getBytes(UTF_8))));
    }
}
