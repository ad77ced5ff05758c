// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import java.time.Instant;
import java.util.Optional;

/** Does what the settings say. */
final class GenericConnection implements Connection {
    private final String name;
    private final RequestTemplate request;
    private final AnswerRules answers;
    private final Optional<ReceiptRules> receipts;
    private final HttpCalls calls;
    private final ConnectionContext context;

    GenericConnection(
            String name,
            RequestTemplate request,
            AnswerRules answers,
            Optional<ReceiptRules> receipts,
            HttpCalls calls,
            ConnectionContext context) {
        this.name = name;
        this.request = request;
        this.answers = answers;
        this.receipts = receipts;
        this.calls = calls;
        this.context = context;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        Instant now = context.clock().instant();
        HttpCall call = request.fill(message, context.callback(name, message.ref()), now);
        try {
            return answers.result(calls.send(call));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        return receipts.map(rules -> rules.read(call, context.clock().instant()))
                .orElseGet(() -> new WebhookReply.Forged("this connection takes no webhooks"));
    }

    @Override
    public void close() {
        calls.close();
    }
}
