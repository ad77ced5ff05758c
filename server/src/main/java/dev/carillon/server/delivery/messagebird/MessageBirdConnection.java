// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.messagebird;

import static dev.carillon.core.verification.DeliveryStatus.DELIVERED;
import static dev.carillon.core.verification.DeliveryStatus.IN_TRANSIT;
import static dev.carillon.core.verification.DeliveryStatus.SUBMITTED;
import static dev.carillon.core.verification.DeliveryStatus.UNDELIVERABLE;
import static dev.carillon.core.verification.DeliveryStatus.UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.account.Money;
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
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.ReceiptDetails;
import dev.carillon.server.delivery.http.Subjects;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One account at MessageBird's old REST API. Reports come as GET requests. */
final class MessageBirdConnection implements Connection {
    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "scheduled", SUBMITTED,
            "sent", IN_TRANSIT,
            "buffered", IN_TRANSIT,
            "delivered", DELIVERED,
            "expired", UNDELIVERABLE,
            "delivery_failed", UNDELIVERABLE);

    /** A parameter is missing, or has a wrong value. */
    private static final Set<String> PARAMETER_ERRORS = Set.of("9", "10");

    private final String name;
    private final BaseUrl baseUrl;
    private final Secret key;
    private final MessageBirdSignature signature;
    private final HttpCalls calls;
    private final ConnectionContext context;

    MessageBirdConnection(
            String name,
            BaseUrl baseUrl,
            Secret key,
            MessageBirdSignature signature,
            HttpCalls calls,
            ConnectionContext context) {
        this.name = name;
        this.baseUrl = baseUrl;
        this.key = key;
        this.signature = signature;
        this.calls = calls;
        this.context = context;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        try {
            return result(calls.send(request(message, context.clock().instant())));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    private HttpCall request(Message message, Instant now) {
        ObjectNode body = JsonTree.object();
        body.put("originator", message.senderId());
        body.putArray("recipients").add(message.digits());
        body.put("body", message.text());
        body.put("datacoding", "auto");
        body.put("validity", message.timeToLive(now).toSeconds());
        body.put("reference", message.ref().encoded());
        context.callback(name, message.ref()).ifPresent(url -> body.put("reportUrl", url.toString()));
        return HttpCall.post(baseUrl.at("/messages"), "application/json", JsonTree.write(body))
                .with("Authorization", "AccessKey " + key.value())
                .with("Accept", "application/json");
    }

    private static SendResult result(HttpReply reply) {
        JsonNode root = JsonTree.read(reply.body());
        JsonNode recipient = root.at("/recipients/items/0");
        Optional<String> status = JsonTree.text(recipient, "/status");
        if (reply.isSuccess() && status.isPresent()) {
            return status.get().equals("delivery_failed")
                    ? new SendResult.Fault(Outcomes.detail(
                            "delivery_failed",
                            JsonTree.text(recipient, "/statusErrorCode").orElse("")))
                    : new SendResult.Accepted(Optional.empty(), price(recipient));
        }
        JsonNode error = root.at("/errors/0");
        Optional<String> code = JsonTree.text(error, "/code");
        String detail = Outcomes.detail(reply, code, JsonTree.text(error, "/description"));
        boolean recipientIsWrong = code.filter(PARAMETER_ERRORS::contains).isPresent()
                && JsonTree.text(error, "/parameter")
                        .filter(parameter -> parameter.startsWith("recipient"))
                        .isPresent();
        return !reply.isSuccess() && recipientIsWrong
                ? new SendResult.Rejected(Reason.NUMBER, detail)
                : Outcomes.byStatus(reply, detail);
    }

    private static Optional<Money> price(JsonNode recipient) {
        return Outcomes.price(JsonTree.text(recipient, "/price/amount"), JsonTree.text(recipient, "/price/currency"));
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        Instant now = context.clock().instant();
        Optional<String> token = signature.verify(call, now);
        if (token.isEmpty()) {
            return new WebhookReply.Forged("no signature, another, or one of another time");
        }
        Map<String, List<String>> fields = call.query();
        Optional<String> status = FormData.only(fields, "status");
        if (status.isEmpty()) {
            return new WebhookReply.Unreadable("no status");
        }
        return new WebhookReply.Receipts(
                Subjects.of(call, FormData.only(fields, "reference"), FormData.only(fields, "id"))
                        .map(subject -> receipt(subject, status.get(), fields, now))
                        .stream()
                        .toList(),
                token);
    }

    private static Receipt receipt(
            Receipt.Subject subject, String status, Map<String, List<String>> fields, Instant now) {
        return new Receipt(
                subject,
                STATUSES.getOrDefault(status, UNKNOWN),
                // A plus sign that was not escaped has become a space.
                FormData.only(fields, "statusDatetime")
                        .flatMap(text -> ReceiptDetails.time(text.replace(' ', '+')))
                        .orElse(now),
                FormData.only(fields, "mccmnc").flatMap(Network::parse),
                Outcomes.price(FormData.only(fields, "price[amount]"), FormData.only(fields, "price[currency]")),
                FormData.only(fields, "statusErrorCode").filter(code -> !code.isBlank()));
    }

    @Override
    public void close() {
        calls.close();
    }
}
