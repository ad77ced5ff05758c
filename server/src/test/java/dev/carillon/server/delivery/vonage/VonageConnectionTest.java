// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import static dev.carillon.server.delivery.http.ProviderFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
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
import dev.carillon.server.delivery.http.ProviderFixture.Answer;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class VonageConnectionTest extends HttpConnectionContract {
    private static final String APPLICATION = "aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab";
    private static final Secret SHARED = new Secret("the-signature-secret");
    private static final KeyPair KEY = key();
    private static final Instant TOLD_AT = Instant.parse("2026-11-22T09:04:58.120Z");
    private static final Answer ACCEPTED = json(202, "{\"message_uuid\":\"" + APPLICATION + "\"}");

    @Override
    protected ConnectionKind kind(Function<ConnectionSettings, HttpCalls> calls) {
        return new VonageKind(calls);
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "application_id",
                APPLICATION,
                "private_key",
                pem(),
                "signature_secret",
                SHARED.value(),
                "whatsapp_sender",
                "447700900001",
                "whatsapp_template",
                "verify_code",
                "viber_sender",
                "12345",
                "rcs_sender",
                "Acme_Agent",
                "base_url",
                provider.url().toString());
    }

    @Override
    protected List<String> mandatory() {
        return List.of(
                "application_id", "private_key", "signature_secret", "whatsapp_sender", "viber_sender", "rcs_sender");
    }

    @Override
    protected List<String> secrets() {
        return List.of(pem().substring(40, 60), SHARED.value());
    }

    @Override
    protected Map<String, String> templateIds() {
        return Map.of(TemplateIds.DLT_ENTITY, "1101", TemplateIds.DLT_TEMPLATE, "1107");
    }

    @Override
    protected Answer accepting() {
        return ACCEPTED;
    }

    @Override
    protected SendResult.Accepted accepted() {
        return SendResult.Accepted.plain();
    }

    @Override
    protected void assertRequest(Recorded request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/v1/messages");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertToken(request.header("Authorization"));
        assertThat(request.json())
                .isEqualTo(JsonTree.read("{\"to\":\"" + DIGITS + "\",\"client_ref\":\"" + REF.encoded()
                        + "\",\"webhook_url\":\"" + CALLBACK + "\",\"webhook_version\":\"v1\",\"channel\":\"sms\","
                        + "\"message_type\":\"text\",\"from\":\"Acme\",\"text\":\"" + TEXT + "\",\"ttl\":300,"
                        + "\"sms\":{\"encoding_type\":\"text\",\"entity_id\":\"1101\",\"content_id\":\"1107\"}}"));
    }

    @Override
    protected List<Refusal> refusals() {
        List<Refusal> refusals = new ArrayList<>();
        Map<String, Outcome> codes = Map.of(
                "1050", Outcome.NUMBER,
                "1170", Outcome.NUMBER,
                "1240", Outcome.NUMBER,
                "1300", Outcome.CHANNEL,
                "1470", Outcome.FRAUD,
                "1120", Outcome.FAULT,
                "1000", Outcome.FAULT);
        codes.forEach((code, outcome) -> refusals.add(new Refusal(
                code,
                json(
                        422,
                        "{\"type\":\"https://developer.vonage.com/api-errors/messages#" + code
                                + "\",\"title\":\"Invalid\",\"detail\":\"to " + DIGITS + " with " + CODE
                                + "\",\"instance\":\"bf0ca0bf927b3b52e3cb03217e1a1ddf\"}"),
                outcome)));
        refusals.add(new Refusal(
                "401",
                json(
                        401,
                        "{\"type\":\"https://developer.vonage.com/api-errors#unauthorized\",\"title\":\"Unauthorized\"}"),
                Outcome.FAULT));
        return refusals;
    }

    @Override
    protected List<Told> told() {
        Map<String, DeliveryStatus> statuses = Map.of(
                "submitted", DeliveryStatus.IN_TRANSIT,
                "delivered", DeliveryStatus.DELIVERED,
                "read", DeliveryStatus.DELIVERED,
                "rejected", DeliveryStatus.UNDELIVERABLE,
                "undeliverable", DeliveryStatus.UNDELIVERABLE,
                "new-word", DeliveryStatus.UNKNOWN);
        List<Told> told = new ArrayList<>();
        statuses.forEach((status, expected) -> {
            String body = status(status, REF.encoded(), "");
            told.add(new Told(status, posted(body, token(body)), List.of(receipt(ours(), expected, Optional.empty()))));
        });
        String failed = status(
                "rejected",
                REF.encoded(),
                ",\"error\":{\"type\":"
                        + "\"https://developer.vonage.com/api-errors/messages#1260\",\"title\":\"1260\",\"detail\":\"x\"}");
        told.add(new Told(
                "to the account with our reference",
                postedToAccount(failed, token(failed)),
                List.of(receipt(ours(), DeliveryStatus.UNDELIVERABLE, Optional.of("1260")))));
        String other = status("delivered", "another system's", "");
        told.add(new Told(
                "to the account with another reference",
                postedToAccount(other, token(other)),
                List.of(receipt(new ProviderId(APPLICATION), DeliveryStatus.DELIVERED, Optional.empty()))));
        return told;
    }

    @Override
    protected List<Webhook> unreadable() {
        return List.of(posted("{}", token("{}")), posted("<html>", token("<html>")));
    }

    @Override
    protected List<String> signatureHeaders() {
        return List.of("Authorization");
    }

    @Override
    protected Optional<Webhook> signedAt(Instant time) {
        String body = status("delivered", REF.encoded(), "");
        return Optional.of(posted(body, token(body, claims -> claims.put("iat", time.getEpochSecond()))));
    }

    @Test
    void eachClaimOfATokenCounts() {
        String body = status("delivered", REF.encoded(), "");
        List<Consumer<ObjectNode>> wrong = List.of(
                claims -> claims.put("iss", "Another"),
                claims -> claims.remove("iss"),
                claims -> claims.remove("iat"),
                claims -> claims.put("iat", Long.MAX_VALUE),
                claims -> claims.remove("payload_hash"),
                claims -> claims.put("payload_hash", ""));
        for (Consumer<ObjectNode> change : wrong) {
            assertThat(open().webhook(posted(body, token(body, change)))).isInstanceOf(WebhookReply.Forged.class);
        }
        assertThat(open().webhook(posted(body, token(body))))
                .isInstanceOfSatisfying(WebhookReply.Receipts.class, receipts -> assertThat(receipts.nonce())
                        .contains("7f0e"));
    }

    @Test
    void whatsappGoesByATemplateThatHasTheCodeTwice() {
        provider.answer(ACCEPTED);
        send(open(), message(Channel.WHATSAPP));

        JsonNode body = sent().json();
        assertThat(body.at("/channel").asText()).isEqualTo("whatsapp");
        assertThat(body.at("/from").asText()).isEqualTo("447700900001");
        assertThat(body.at("/custom/template/name").asText()).isEqualTo("verify_code");
        assertThat(body.at("/custom/template/language/code").asText()).isEqualTo("en_US");
        assertThat(body.at("/custom/template/components/0/parameters/0/text").asText())
                .isEqualTo(CODE);
        assertThat(body.at("/custom/template/components/1/parameters/0/text").asText())
                .isEqualTo(CODE);
        assertThat(body.has("text")).isFalse();
    }

    @Test
    void viberAndRcsHaveSendersOfTheirOwn() {
        provider.answer(ACCEPTED);
        Connection connection = open();
        send(connection, message(Channel.VIBER));
        send(connection, message(Channel.RCS));

        JsonNode viber = provider.requests().getFirst().json();
        assertThat(viber.at("/channel").asText()).isEqualTo("viber_service");
        assertThat(viber.at("/from").asText()).isEqualTo("12345");
        assertThat(viber.at("/viber_service/category").asText()).isEqualTo("transaction");
        assertThat(viber.at("/viber_service/ttl").asInt()).isEqualTo(300);
        JsonNode rcs = provider.requests().getLast().json();
        assertThat(rcs.at("/channel").asText()).isEqualTo("rcs");
        assertThat(rcs.at("/from").asText()).isEqualTo("Acme_Agent");
        assertThat(provider.requests().getFirst().header("Authorization"))
                .isEqualTo(provider.requests().getLast().header("Authorization"));
    }

    @Test
    void aKeyThatIsNoneIsNamed() {
        assertThatThrownBy(() -> open(with("private_key", "hunter2")))
                .hasMessageStartingWith("private_key is not a private key in PEM")
                .message()
                .doesNotContain("hunter2");
    }

    private static void assertToken(String header) {
        assertThat(header).startsWith("Bearer ");
        String[] parts = header.substring("Bearer ".length()).split("\\.", -1);
        JsonNode claims = JsonTree.read(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("application_id").asText()).isEqualTo(APPLICATION);
        assertThat(claims.path("iat").asLong()).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.path("exp").asLong()).isEqualTo(NOW.getEpochSecond() + 900);
        assertThat(claims.path("jti").asText()).isNotEmpty();
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEY.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2])))
                    .isTrue();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String status(String status, String ref, String more) {
        return "{\"message_uuid\":\"" + APPLICATION + "\",\"to\":\"" + DIGITS + "\",\"from\":\"Acme\","
                + "\"timestamp\":\"" + TOLD_AT + "\",\"status\":\"" + status + "\",\"client_ref\":\"" + ref
                + "\",\"channel\":\"sms\",\"usage\":{\"currency\":\"EUR\",\"price\":\"0.0333\"},"
                + "\"destination\":{\"network_code\":\"23410\"}" + more + "}";
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

    private static Map<String, String> token(String body) {
        return token(body, claims -> {});
    }

    private static Map<String, String> token(String body, Consumer<ObjectNode> change) {
        ObjectNode claims = JsonTree.object()
                .put("iss", "Vonage")
                .put("iat", NOW.getEpochSecond())
                .put("jti", "7f0e")
                .put("payload_hash", Signatures.hex(Signatures.sha256(body.getBytes(UTF_8))));
        change.accept(claims);
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String text = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "."
                + base64.encodeToString(JsonTree.write(claims).getBytes(UTF_8));
        return Map.of("Authorization", "Bearer " + text + "." + base64.encodeToString(Hmac.SHA256.of(SHARED, text)));
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEY.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}
