// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telnyx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** One account at Telnyx. */
final class TelnyxConnection implements Connection {
    /** Errors that lie in the message; all others lie in the account, the sender or the network. Source: Telnyx's error catalogue. */
    private static final Map<String, Reason> REASONS = Map.of(
            "40001", Reason.NUMBER, // a landline, or not routable
            "40012", Reason.NUMBER, // the carrier says that the number is invalid
            "40300", Reason.NUMBER, // the recipient has sent STOP
            "40310", Reason.NUMBER); // not a number

    private final String name;
    private final BaseUrl baseUrl;
    private final Secret key;
    private final Optional<String> profile;
    private final TelnyxSignature signature;
    private final HttpCalls calls;
    private final ConnectionContext context;

    TelnyxConnection(
            String name,
            BaseUrl baseUrl,
            Secret key,
            Optional<String> profile,
            TelnyxSignature signature,
            HttpCalls calls,
            ConnectionContext context) {
        this.name = name;
        this.baseUrl = baseUrl;
        this.key = key;
        this.profile = profile;
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
        body.put("to", message.to());
        body.put("text", message.text());
        body.put("type", "SMS");
        body.put("encoding", "auto");
        profile.ifPresent(id -> body.put("messaging_profile_id", id));
        body.putArray("tags").add(message.ref().encoded());
        context.callback(name, message.ref())
                .ifPresent(url -> body.put("webhook_url", url.toString()).put("use_profile_webhooks", false));
        return HttpCall.post(baseUrl.at("/v2/messages"), "application/json", JsonTree.write(body))
                .with("Authorization", "Bearer " + key.value())
                .with("Accept", "application/json");
    }

    private static SendResult result(HttpReply reply) {
        JsonNode root = JsonTree.read(reply.body());
        if (!reply.isSuccess()) {
            return Outcomes.refusal(
                    reply, REASONS, JsonTree.text(root, "/errors/0/code"), JsonTree.text(root, "/errors/0/title"));
        }
        JsonNode data = root.path("data");
        if (JsonTree.text(data, "/id").isEmpty()) {
            return Outcomes.byStatus(reply, "an answer without an id");
        }
        return new SendResult.Accepted(Optional.empty(), TelnyxReceipts.cost(data));
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        Instant now = context.clock().instant();
        Optional<String> doubt = signature.doubt(call, now);
        if (doubt.isPresent()) {
            return new WebhookReply.Forged(doubt.get());
        }
        return TelnyxReceipts.of(call, now)
                .<WebhookReply>map(
                        receipts -> new WebhookReply.Receipts(receipts, call.header(TelnyxSignature.SIGNATURE)))
                .orElseGet(() -> new WebhookReply.Unreadable("not an event"));
    }

    @Override
    public void close() {
        calls.close();
    }
}
