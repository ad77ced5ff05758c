// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.infobip;

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

/** One account at Infobip. */
final class InfobipConnection implements Connection {
    private final String name;
    private final InfobipRequests requests;
    private final InfobipWebhookKey webhookKey;
    private final HttpCalls calls;
    private final ConnectionContext context;

    InfobipConnection(
            String name,
            InfobipRequests requests,
            InfobipWebhookKey webhookKey,
            HttpCalls calls,
            ConnectionContext context) {
        this.name = name;
        this.requests = requests;
        this.webhookKey = webhookKey;
        this.calls = calls;
        this.context = context;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        try {
            Instant now = context.clock().instant();
            HttpCall request = requests.request(message, context.callback(name, message.ref()), now);
            return InfobipAnswers.result(calls.send(request), message.channel());
        } catch (MissingTemplateException e) {
            return new SendResult.Fault(String.valueOf(e.getMessage()));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        if (call.ref().isEmpty() && !webhookKey.fits(call)) {
            return new WebhookReply.Forged("neither an attempt's own URL nor the webhook's password or token");
        }
        return InfobipReceipts.of(call, context.clock().instant())
                .<WebhookReply>map(WebhookReply.Receipts::new)
                .orElseGet(() -> new WebhookReply.Unreadable("not a list of results"));
    }

    @Override
    public void close() {
        calls.close();
    }
}
