// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.TokenUnavailableException;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.Budget;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends texts to phones that have RCS. A message's id with Google is the attempt's: receipts come under it, and a message that is
 * posted again is the same one.
 */
final class RbmConnection implements Connection {
    /** The token, the capability and the message; to revoke it takes the place of one that was quick. */
    static final int CALLS = 3;

    /** Google keeps a message at least so long. */
    private static final Duration MIN_TTL = Duration.ofSeconds(10);

    private final RbmOptions options;
    private final HttpCalls http;
    private final AccessTokens tokens;
    private final RbmWebhook webhook;
    private final Duration timeout;
    private final InstantSource clock;

    RbmConnection(RbmOptions options, HttpCalls http, Duration timeout, InstantSource clock) {
        this.options = options;
        this.http = http;
        this.timeout = timeout;
        this.tokens = new AccessTokens(options.account(), http, timeout.dividedBy(CALLS), clock);
        this.webhook = new RbmWebhook(options, clock);
        this.clock = clock;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        Budget budget = Budget.start(timeout, CALLS);
        Secret token;
        try {
            token = tokens.get();
        } catch (TokenUnavailableException e) {
            return e.result();
        }
        if (options.checkCapability()) {
            Optional<SendResult> obstacle = obstacle(message, token);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
        }
        return budget.isSpent()
                ? new SendResult.Fault("the answers before it came too late to send the message")
                : post(message, token, budget);
    }

    /** Why the number cannot get RCS; empty when it can. */
    private Optional<SendResult> obstacle(Message message, Secret token) throws InterruptedException {
        String query = "/capabilities?requestId=" + UUID.randomUUID() + "&agentId=" + agent();
        HttpReply reply;
        try {
            reply = call(HttpCall.get(phone(message, query)), token);
        } catch (CallFailedException e) {
            // Whatever became of the question, the message has not left.
            return Optional.of(new SendResult.Fault("the capability check failed: " + e.getMessage()));
        }
        if (reply.isSuccess()) {
            return Optional.empty();
        }
        // 404: no RCS; 403: the agent is not launched with the number's carrier.
        return Optional.of(
                reply.status() == 404 || reply.status() == 403
                        ? new SendResult.Rejected(Reason.CHANNEL, detail(reply))
                        : new SendResult.Fault(detail(reply)));
    }

    private SendResult post(Message message, Secret token, Budget budget) throws InterruptedException {
        Duration left = message.timeToLive(clock.instant());
        ObjectNode body = JsonTree.object()
                .put("ttl", (left.compareTo(MIN_TTL) < 0 ? MIN_TTL : left).toSeconds() + "s")
                .put("messageTrafficType", "AUTHENTICATION");
        body.putObject("contentMessage").put("text", message.text());
        URI url = phone(message, "/agentMessages?messageId=" + message.attemptId() + "&agentId=" + agent());
        try {
            HttpReply reply = call(HttpCall.post(url, "application/json", JsonTree.write(body)), token);
            return result(message, reply);
        } catch (CallFailedException e) {
            return e.result() instanceof SendResult.Unknown(String detail) && !budget.isSpent()
                    ? revoked(message, token, detail)
                    : e.result();
        }
    }

    private static SendResult result(Message message, HttpReply reply) {
        boolean isMessage = reply.isSuccess()
                && JsonTree.text(JsonTree.read(reply.body()), "/name").isPresent();
        // 409: it has a message of this id, which is this one, posted before.
        if (isMessage || reply.status() == 409) {
            return new SendResult.Accepted(Optional.of(message.attemptId().toString()), Optional.empty());
        }
        return reply.status() == 404
                ? new SendResult.Rejected(Reason.CHANNEL, detail(reply))
                : Outcomes.byStatus(reply, detail(reply));
    }

    /**
     * Takes back a message that may have been sent, so that the code does not come twice when it goes out by another way. What is
     * answered does not tell whether it had arrived before, unless there is no such message at all.
     */
    private SendResult revoked(Message message, Secret token, String why) throws InterruptedException {
        URI url = phone(message, "/agentMessages/" + message.attemptId() + "?agentId=" + agent());
        try {
            HttpReply reply = call(new HttpCall("DELETE", url, Map.of(), ""), token);
            return reply.status() == 404
                    ? new SendResult.Fault(why + "; it did not arrive")
                    : new SendResult.Unknown(why + (reply.isSuccess() ? "; revoked" : ""));
        } catch (CallFailedException e) {
            return new SendResult.Unknown(why);
        }
    }

    private HttpReply call(HttpCall call, Secret token) throws CallFailedException, InterruptedException {
        HttpReply reply = http.send(call.with("Authorization", "Bearer " + token.value()));
        if (reply.status() == 401) {
            tokens.rejected(token);
        }
        return reply;
    }

    private URI phone(Message message, String rest) {
        return URI.create(options.base() + "v1/phones/" + message.to() + rest);
    }

    private String agent() {
        return FormData.encode(options.agentId());
    }

    private static String detail(HttpReply reply) {
        JsonNode json = JsonTree.read(reply.body());
        return Outcomes.detail(reply, JsonTree.text(json, "/error/status"), JsonTree.text(json, "/error/message"));
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        return webhook.read(call);
    }

    @Override
    public void close() {
        http.close();
    }
}
