// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.util.Map;
import java.util.Optional;

/** One AWS account in one region. Receipts come by SNS to the connection as a whole. */
final class AwsConnection implements Connection {
    /** Reasons of a ConflictException that lie in the message; a blocked country is the account's own setting. */
    private static final Map<String, Reason> REASONS = Map.of(
            "DESTINATION_PHONE_NUMBER_OPTED_OUT", Reason.NUMBER,
            "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE", Reason.FRAUD);

    private final AwsRequests requests;
    private final Optional<SnsInbox> inbox;
    private final HttpCalls calls;
    private final ConnectionContext context;

    AwsConnection(AwsRequests requests, Optional<SnsInbox> inbox, HttpCalls calls, ConnectionContext context) {
        this.requests = requests;
        this.inbox = inbox;
        this.calls = calls;
        this.context = context;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        try {
            return result(calls.send(requests.request(message, context.clock().instant())));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    private static SendResult result(HttpReply reply) {
        JsonNode root = JsonTree.read(reply.body());
        if (reply.isSuccess() && JsonTree.text(root, "/MessageId").isPresent()) {
            return SendResult.Accepted.plain();
        }
        Optional<String> type = JsonTree.text(root, "/__type").map(name -> name.substring(name.indexOf('#') + 1));
        Optional<String> reason = JsonTree.text(root, "/Reason");
        Optional<String> words = JsonTree.text(root, "/Message")
                .or(() -> JsonTree.text(root, "/message"))
                .map(text -> type.orElse("") + " " + text)
                .or(() -> type);
        return !reply.isSuccess() && blamesNumber(root)
                ? new SendResult.Rejected(Reason.NUMBER, Outcomes.detail(reply, reason, words))
                : Outcomes.refusal(reply, REASONS, reason, words);
    }

    /** A ValidationException names the fields that are wrong. */
    private static boolean blamesNumber(JsonNode root) {
        for (JsonNode field : root.path("Fields")) {
            if (JsonTree.text(field, "/Name")
                    .filter("DestinationPhoneNumber"::equals)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        return inbox.<WebhookReply>map(topic -> topic.read(call, context.clock().instant()))
                .orElseGet(() -> new WebhookReply.Forged("no topic_arn is set"));
    }

    @Override
    public void close() {
        calls.close();
    }
}
