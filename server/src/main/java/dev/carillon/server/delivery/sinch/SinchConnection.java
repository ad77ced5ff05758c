// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.sinch;

import static dev.carillon.core.verification.DeliveryStatus.DELIVERED;
import static dev.carillon.core.verification.DeliveryStatus.IN_TRANSIT;
import static dev.carillon.core.verification.DeliveryStatus.NOT_SENT;
import static dev.carillon.core.verification.DeliveryStatus.SUBMITTED;
import static dev.carillon.core.verification.DeliveryStatus.UNDELIVERABLE;
import static dev.carillon.core.verification.DeliveryStatus.UNKNOWN;

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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One service plan at Sinch. A message is a batch of one recipient. */
final class SinchConnection implements Connection {
    private static final String REPORT = "recipient_delivery_report_sms";

    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "Queued", SUBMITTED,
            "Dispatched", IN_TRANSIT,
            "Delivered", DELIVERED,
            "Failed", UNDELIVERABLE,
            "Expired", UNDELIVERABLE,
            "Rejected", UNDELIVERABLE,
            "Deleted", UNDELIVERABLE,
            // Both of them before any SMSC had it.
            "Aborted", NOT_SENT,
            "Cancelled", NOT_SENT);

    private final String name;
    private final URI batches;
    private final Secret token;
    private final Optional<SinchSignature> signature;
    private final HttpCalls calls;
    private final ConnectionContext context;

    SinchConnection(
            String name,
            URI batches,
            Secret token,
            Optional<SinchSignature> signature,
            HttpCalls calls,
            ConnectionContext context) {
        this.name = name;
        this.batches = batches;
        this.token = token;
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
        body.put("from", message.senderId());
        body.putArray("to").add(message.digits());
        body.put("body", message.text());
        body.put("type", "mt_text");
        body.put("expire_at", message.expiresAt().truncatedTo(ChronoUnit.MILLIS).toString());
        body.put("client_reference", message.ref().encoded());
        context.callback(name, message.ref())
                .ifPresentOrElse(
                        url -> body.put("delivery_report", "per_recipient").put("callback_url", url.toString()),
                        () -> body.put("delivery_report", "none"));
        return HttpCall.post(batches, "application/json", JsonTree.write(body))
                .with("Authorization", "Bearer " + token.value());
    }

    /** Errors name a rule of the request's form and never the recipient, so that none of them is the number's fault. */
    private static SendResult result(HttpReply reply) {
        JsonNode root = JsonTree.read(reply.body());
        if (reply.isSuccess() && JsonTree.text(root, "/id").isPresent()) {
            return SendResult.Accepted.plain();
        }
        return Outcomes.refusal(reply, Map.of(), JsonTree.text(root, "/code"), JsonTree.text(root, "/text"));
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        Instant now = context.clock().instant();
        Optional<String> doubt = signature
                .map(wanted -> wanted.doubt(call, now))
                .orElseGet(() -> call.ref().isPresent()
                        ? Optional.empty()
                        : Optional.of("not an attempt's own URL, and no webhook_secret is set"));
        if (doubt.isPresent()) {
            return new WebhookReply.Forged(doubt.get());
        }
        JsonNode report = JsonTree.read(call.body());
        return JsonTree.text(report, "/type")
                .<WebhookReply>map(type -> new WebhookReply.Receipts(
                        type.equals(REPORT) ? receipts(call, report, now) : List.of(),
                        signature.flatMap(_ -> call.header(SinchSignature.NONCE))))
                .orElseGet(() -> new WebhookReply.Unreadable("no type"));
    }

    private static List<Receipt> receipts(Webhook call, JsonNode report, Instant now) {
        return Subjects.of(call, JsonTree.text(report, "/client_reference"), JsonTree.text(report, "/batch_id"))
                .map(subject -> new Receipt(
                        subject,
                        JsonTree.text(report, "/status").map(STATUSES::get).orElse(UNKNOWN),
                        JsonTree.text(report, "/operator_status_at")
                                .or(() -> JsonTree.text(report, "/at"))
                                .flatMap(ReceiptDetails::time)
                                .orElse(now),
                        JsonTree.text(report, "/operator").flatMap(Network::parse),
                        Optional.empty(),
                        JsonTree.text(report, "/code").filter(code -> !code.equals("0"))))
                .stream()
                .toList();
    }

    @Override
    public void close() {
        calls.close();
    }
}
