// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Jwt;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Subjects;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends by {@code POST /v1/messages}; hears by status webhooks, which carry a token that names the body. */
final class VonageConnection implements Connection {
    private static final String BEARER = "Bearer ";
    private static final Set<String> ALGORITHMS = Set.of("HS256");
    /** The year 9999. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private static final String ISSUER = "Vonage";

    /** Vonage's error codes that lie in the message, from its list of Messages API errors. */
    private static final Map<String, Reason> REASONS = Map.of(
            "1050", Reason.NUMBER, // barred
            "1170", Reason.NUMBER, // no MSISDN
            "1190", Reason.NUMBER, // permanently absent
            "1240", Reason.NUMBER, // illegal
            "1300", Reason.CHANNEL, // not of this messenger
            "1310", Reason.CHANNEL, // a device that cannot
            "1470", Reason.FRAUD); // blocked by Fraud Defender

    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "submitted", DeliveryStatus.IN_TRANSIT,
            "delivered", DeliveryStatus.DELIVERED,
            "read", DeliveryStatus.DELIVERED,
            "rejected", DeliveryStatus.UNDELIVERABLE,
            "undeliverable", DeliveryStatus.UNDELIVERABLE);

    private final String name;
    private final URI url;
    private final VonageToken token;
    private final Secret signatureSecret;
    private final MessageBodies bodies;
    private final HttpCalls calls;
    private final ConnectionContext context;

    VonageConnection(
            String name,
            URI url,
            VonageToken token,
            Secret signatureSecret,
            MessageBodies bodies,
            HttpCalls calls,
            ConnectionContext context) {
        this.name = name;
        this.url = url;
        this.token = token;
        this.signatureSecret = signatureSecret;
        this.bodies = bodies;
        this.calls = calls;
        this.context = context;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        Optional<ObjectNode> body = bodies.of(message, context.callback(name, message.ref()));
        if (body.isEmpty()) {
            return new SendResult.Fault("no WhatsApp template is set");
        }
        try {
            return result(calls.send(HttpCall.post(url, "application/json", JsonTree.write(body.get()))
                    .with("Authorization", BEARER + token.value())
                    .with("Accept", "application/json")));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        Optional<JsonNode> claims = verify(call);
        if (claims.isEmpty()) {
            return new WebhookReply.Forged("the token is wrong, missing or too old");
        }
        JsonNode body = JsonTree.read(call.body());
        Optional<String> status = JsonTree.text(body, "/status");
        Optional<Receipt.Subject> subject =
                Subjects.of(call, JsonTree.text(body, "/client_ref"), JsonTree.text(body, "/message_uuid"));
        if (status.isEmpty() || subject.isEmpty()) {
            return new WebhookReply.Unreadable("no status or message_uuid");
        }
        Receipt receipt = new Receipt(
                subject.get(),
                STATUSES.getOrDefault(status.get(), DeliveryStatus.UNKNOWN),
                time(body),
                JsonTree.text(body, "/destination/network_code").flatMap(Network::parse),
                Outcomes.price(JsonTree.text(body, "/usage/price"), JsonTree.text(body, "/usage/currency")),
                JsonTree.text(body, "/error/type").map(VonageConnection::code));
        return new WebhookReply.Receipts(List.of(receipt), JsonTree.text(claims.get(), "/jti"));
    }

    @Override
    public void close() {
        calls.close();
    }

    private static SendResult result(HttpReply reply) {
        JsonNode body = JsonTree.read(reply.body());
        if (!reply.isSuccess()) {
            return Outcomes.refusal(
                    reply,
                    REASONS,
                    JsonTree.text(body, "/type").map(VonageConnection::code),
                    JsonTree.text(body, "/detail").or(() -> JsonTree.text(body, "/title")));
        }
        return JsonTree.text(body, "/message_uuid").isPresent()
                ? SendResult.Accepted.plain()
                : Outcomes.byStatus(reply, "no message_uuid in the answer");
    }

    /** The type of an error is a URL whose fragment is the code. */
    private static String code(String type) {
        return type.substring(type.lastIndexOf('#') + 1);
    }

    /** The claims of the token, when it is Vonage's, of now, and about this body. */
    private Optional<JsonNode> verify(Webhook call) {
        Instant now = context.clock().instant();
        String hash = Signatures.hex(Signatures.sha256(call.body()));
        return call.header("authorization")
                .filter(header -> header.startsWith(BEARER))
                .flatMap(header -> Jwt.verify(header.substring(BEARER.length()), signatureSecret, ALGORITHMS, now))
                .filter(claims ->
                        JsonTree.text(claims, "/iss").filter(ISSUER::equals).isPresent())
                .filter(claims -> Outcomes.isFresh(issued(claims), now))
                .filter(claims -> Signatures.isSame(
                        hash, JsonTree.text(claims, "/payload_hash").orElse("")));
    }

    /** A time that no clock shows is one that is too old. */
    private static Instant issued(JsonNode claims) {
        long seconds = claims.path("iat").asLong();
        return seconds > 0 && seconds <= MAX_SECONDS ? Instant.ofEpochSecond(seconds) : Instant.EPOCH;
    }

    private Instant time(JsonNode body) {
        try {
            return Instant.parse(JsonTree.text(body, "/timestamp").orElse(""));
        } catch (DateTimeException e) {
            return context.clock().instant();
        }
    }
}
