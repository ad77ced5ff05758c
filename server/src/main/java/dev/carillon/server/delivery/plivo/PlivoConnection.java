// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.plivo;

import static dev.carillon.core.verification.DeliveryStatus.DELIVERED;
import static dev.carillon.core.verification.DeliveryStatus.IN_TRANSIT;
import static dev.carillon.core.verification.DeliveryStatus.NOT_SENT;
import static dev.carillon.core.verification.DeliveryStatus.SUBMITTED;
import static dev.carillon.core.verification.DeliveryStatus.UNDELIVERABLE;
import static dev.carillon.core.verification.DeliveryStatus.UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.ReceiptDetails;
import dev.carillon.server.delivery.http.Subjects;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One account at Plivo. */
final class PlivoConnection implements Connection {
    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "queued", SUBMITTED,
            "sent", IN_TRANSIT,
            "delivered", DELIVERED,
            "read", DELIVERED,
            "undelivered", UNDELIVERABLE,
            // Plivo could not hand it to a carrier.
            "failed", NOT_SENT,
            "rejected", NOT_SENT);

    private final String name;
    private final PlivoAccount account;
    private final PlivoSignature signature;
    private final HttpCalls calls;
    private final ConnectionContext context;

    PlivoConnection(String name, PlivoAccount account, HttpCalls calls, ConnectionContext context) {
        this.name = name;
        this.account = account;
        this.signature = new PlivoSignature(account.authToken());
        this.calls = calls;
        this.context = context;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        try {
            Instant now = context.clock().instant();
            return result(calls.send(account.request(message, context.callback(name, message.ref()), now)));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    private static SendResult result(HttpReply reply) {
        JsonNode root = JsonTree.read(reply.body());
        if (reply.isSuccess() && JsonTree.text(root, "/message_uuid/0").isPresent()) {
            return new SendResult.Accepted(JsonTree.text(root, "/message_uuid/0"), Optional.empty());
        }
        if (reply.isSuccess() && !root.path("invalid_number").isEmpty()) {
            return new SendResult.Rejected(Reason.NUMBER, Outcomes.detail("invalid_number", "the number is not valid"));
        }
        Optional<String> words = JsonTree.text(root, "/error").or(() -> JsonTree.text(root, "/error/error"));
        String detail = Outcomes.detail(reply, Optional.empty(), words);
        return reply.status() == 400
                        && words.filter(PlivoConnection::blamesRecipient).isPresent()
                ? new SendResult.Rejected(Reason.NUMBER, detail)
                : Outcomes.byStatus(reply, detail);
    }

    /** There are no codes, only words, which name the parameter at fault. */
    private static boolean blamesRecipient(String words) {
        return words.toLowerCase(Locale.ROOT).contains("dst");
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        if (!signature.isGenuine(call)) {
            return new WebhookReply.Forged("no signature, or another");
        }
        Map<String, List<String>> fields = call.method().equals("GET")
                ? call.query()
                : FormData.decode(call.body()).orElse(Map.of());
        Optional<String> status = FormData.only(fields, "Status");
        if (status.isEmpty()) {
            return new WebhookReply.Unreadable("no status");
        }
        return new WebhookReply.Receipts(Subjects.of(call, Optional.empty(), FormData.only(fields, "MessageUUID"))
                .map(subject -> new Receipt(
                        subject,
                        STATUSES.getOrDefault(status.get().toLowerCase(Locale.ROOT), UNKNOWN),
                        context.clock().instant(),
                        ReceiptDetails.network(FormData.only(fields, "MCC"), FormData.only(fields, "MNC")),
                        Outcomes.price(
                                FormData.only(fields, "TotalAmount").or(() -> FormData.only(fields, "TotalRate")),
                                Optional.of(account.currency())),
                        FormData.only(fields, "ErrorCode").filter(code -> !code.isBlank())))
                .stream()
                .toList());
    }

    @Override
    public void close() {
        calls.close();
    }
}
