// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.Budget;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Sends codes, and asks first whether it can, if it should. */
final class TelegramConnection implements Connection {
    private static final int MIN_TTL_SECONDS = 30;
    private static final int MAX_TTL_SECONDS = 3600;
    private static final int MAX_CALLBACK_BYTES = 256;

    /** All are said of Telegram only: a number that it does not know may well get an SMS. */
    private static final Map<String, Reason> REASONS = Map.of(
            "PHONE_NUMBER_INVALID", Reason.CHANNEL,
            "PHONE_NUMBER_NOT_FOUND", Reason.CHANNEL,
            "PHONE_NUMBER_NOT_AVAILABLE", Reason.CHANNEL);

    /** The request's message is on its way already, by a call whose answer was lost. */
    private static final String SENT_BEFORE = "MESSAGE_ALREADY_SENT";

    private final ConnectionSettings settings;
    private final TelegramOptions options;
    private final HttpCalls http;
    private final ConnectionContext context;
    private final TelegramReports reports;

    TelegramConnection(
            ConnectionSettings settings, TelegramOptions options, HttpCalls http, ConnectionContext context) {
        this.settings = settings;
        this.options = options;
        this.http = http;
        this.context = context;
        this.reports = new TelegramReports(options.accessToken(), context.clock());
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        ObjectNode body = body(message);
        Budget budget = Budget.start(settings.timeout(), options.calls());
        if (options.checkFirst()) {
            ObjectNode question = JsonTree.object().put("phone_number", message.to());
            HttpReply reply;
            try {
                reply = call("checkSendAbility", question);
            } catch (CallFailedException e) {
                // Whatever became of the question, the code has not left.
                return new SendResult.Fault(String.valueOf(e.getMessage()));
            }
            Optional<String> request = JsonTree.text(JsonTree.read(reply.body()), "/result/request_id");
            if (!isOk(reply) || request.isEmpty()) {
                SendResult refused = refused(reply);
                return refused instanceof SendResult.Unknown(String detail) ? new SendResult.Fault(detail) : refused;
            }
            body.put("request_id", request.get());
            if (budget.isSpent()) {
                return new SendResult.Fault("the answer to the check came too late to send the code");
            }
        }
        try {
            HttpReply reply = call("sendVerificationMessage", body);
            return isOk(reply) ? accepted(reply) : refused(reply);
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    private ObjectNode body(Message message) {
        long ttl = message.timeToLive(context.clock().instant()).toSeconds();
        ObjectNode body = JsonTree.object()
                .put("phone_number", message.to())
                .put("code", message.code().digits())
                .put("ttl", Math.clamp(ttl, MIN_TTL_SECONDS, MAX_TTL_SECONDS))
                .put("payload", message.ref().encoded());
        options.sender().ifPresent(sender -> body.put("sender_username", sender));
        context.callback(settings.name(), message.ref())
                .map(URI::toString)
                // A message without reports is better than none.
                .filter(url -> url.getBytes(StandardCharsets.UTF_8).length <= MAX_CALLBACK_BYTES)
                .ifPresent(url -> body.put("callback_url", url));
        return body;
    }

    private HttpReply call(String method, JsonNode body) throws CallFailedException, InterruptedException {
        return http.send(HttpCall.post(options.method(method), "application/json", JsonTree.write(body))
                .with("Authorization", "Bearer " + options.accessToken().value()));
    }

    private static boolean isOk(HttpReply reply) {
        JsonNode json = JsonTree.read(reply.body());
        return reply.isSuccess()
                && json.path("ok").asBoolean()
                && json.path("result").isObject();
    }

    private static SendResult accepted(HttpReply reply) {
        return new SendResult.Accepted(
                Optional.empty(),
                TelegramReports.cost(JsonTree.read(reply.body()).path("result")));
    }

    private static SendResult refused(HttpReply reply) {
        JsonNode json = JsonTree.read(reply.body());
        Optional<String> error = JsonTree.text(json, "/error");
        String detail = Outcomes.detail(reply, error, Optional.empty());
        if (error.isEmpty()) {
            return Outcomes.byStatus(reply, detail);
        }
        if (error.get().equals(SENT_BEFORE)) {
            return new SendResult.Unknown(detail);
        }
        // The refusals come with any status.
        return Optional.ofNullable(REASONS.get(error.get()))
                .<SendResult>map(reason -> new SendResult.Rejected(reason, detail))
                .orElseGet(() -> new SendResult.Fault(detail));
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        return reports.read(call);
    }

    @Override
    public void close() {
        http.close();
    }
}
