// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.messagebird;

import static dev.carillon.core.verification.DeliveryStatus.DELIVERED;
import static dev.carillon.core.verification.DeliveryStatus.IN_TRANSIT;
import static dev.carillon.core.verification.DeliveryStatus.NOT_SENT;
import static dev.carillon.core.verification.DeliveryStatus.SUBMITTED;
import static dev.carillon.core.verification.DeliveryStatus.UNDELIVERABLE;
import static dev.carillon.core.verification.DeliveryStatus.UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.ReceiptDetails;
import dev.carillon.server.delivery.http.Subjects;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One SMS channel at Bird. Reports come to the connection as a whole. */
final class BirdConnection implements Connection {
    private static final String OUTBOUND = ".outbound";

    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "accepted", SUBMITTED,
            "processing", SUBMITTED,
            "sent", IN_TRANSIT,
            "delivered", DELIVERED,
            "delivery_failed", UNDELIVERABLE,
            "sending_failed", NOT_SENT,
            "rejected", NOT_SENT,
            "skipped", NOT_SENT);

    private final URI messages;
    private final Secret key;
    private final Optional<BirdSignature> signature;
    private final HttpCalls calls;
    private final ConnectionContext context;

    BirdConnection(
            URI messages, Secret key, Optional<BirdSignature> signature, HttpCalls calls, ConnectionContext context) {
        this.messages = messages;
        this.key = key;
        this.signature = signature;
        this.calls = calls;
        this.context = context;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        try {
            return result(calls.send(request(message)));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    private HttpCall request(Message message) {
        ObjectNode body = JsonTree.object();
        body.putObject("receiver")
                .putArray("contacts")
                .addObject()
                .put("identifierKey", "phonenumber")
                .put("identifierValue", message.to());
        body.putObject("body").put("type", "text").putObject("text").put("text", message.text());
        body.put("reference", message.ref().encoded());
        return HttpCall.post(messages, "application/json", JsonTree.write(body))
                .with("Authorization", "AccessKey " + key.value());
    }

    /** Errors name a rule of the request's form and never the recipient, so that none of them is the number's fault. */
    private static SendResult result(HttpReply reply) {
        JsonNode root = JsonTree.read(reply.body());
        Optional<String> id = JsonTree.text(root, "/id");
        if (reply.isSuccess() && id.isPresent()) {
            return JsonTree.text(root, "/status").filter("rejected"::equals).isPresent()
                    ? new SendResult.Fault(Outcomes.detail(
                            "rejected", JsonTree.text(root, "/reason").orElse("")))
                    : new SendResult.Accepted(id, Optional.empty());
        }
        return Outcomes.refusal(reply, Map.of(), JsonTree.text(root, "/code"), JsonTree.text(root, "/message"));
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        Instant now = context.clock().instant();
        Optional<String> doubt =
                signature.map(wanted -> wanted.doubt(call, now)).orElse(Optional.of("no signing_key is set"));
        if (doubt.isPresent()) {
            return new WebhookReply.Forged(doubt.get());
        }
        JsonNode event = JsonTree.read(call.body());
        return JsonTree.text(event, "/event")
                .<WebhookReply>map(type -> new WebhookReply.Receipts(
                        type.endsWith(OUTBOUND) ? receipts(call, event.path("payload"), now) : List.of(),
                        call.header(BirdSignature.SIGNATURE)))
                .orElseGet(() -> new WebhookReply.Unreadable("not an event"));
    }

    private static List<Receipt> receipts(Webhook call, JsonNode payload, Instant now) {
        return Subjects.of(call, JsonTree.text(payload, "/reference"), JsonTree.text(payload, "/id"))
                .map(subject -> new Receipt(
                        subject,
                        JsonTree.text(payload, "/status").map(STATUSES::get).orElse(UNKNOWN),
                        JsonTree.text(payload, "/lastStatusAt")
                                .flatMap(ReceiptDetails::time)
                                .orElse(now),
                        Optional.empty(),
                        Optional.empty(),
                        JsonTree.text(payload, "/failure/code").or(() -> JsonTree.text(payload, "/reason"))))
                .stream()
                .toList();
    }

    @Override
    public void close() {
        calls.close();
    }
}
