// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.whatsapp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.util.Map;
import java.util.Optional;

/**
 * Posts authentication templates. Their text belongs to Meta; of ours goes only the code, once for the text and once for the button
 * that copies it.
 */
final class WhatsAppConnection implements Connection {
    /**
     * Error codes that lie in the recipient. All of them are said of WhatsApp only: a number without it may well get an SMS.
     *
     * <ul>
     *   <li>130472: the number is part of an experiment of Meta's, 131049: Meta holds messages to this user back
     *   <li>130497: this business may not write to this country
     *   <li>131021: the recipient is the sender
     *   <li>131026: no WhatsApp, or one too old
     *   <li>131056: too many messages to this one recipient
     * </ul>
     */
    private static final Map<String, Reason> REASONS = Map.of(
            "130472", Reason.CHANNEL,
            "130497", Reason.CHANNEL,
            "131021", Reason.CHANNEL,
            "131026", Reason.CHANNEL,
            "131049", Reason.CHANNEL,
            "131056", Reason.CHANNEL);

    private final WhatsAppOptions options;
    private final HttpCalls http;
    private final WhatsAppWebhook webhook;

    WhatsAppConnection(WhatsAppOptions options, HttpCalls http, WhatsAppWebhook webhook) {
        this.options = options;
        this.http = http;
        this.webhook = webhook;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        HttpCall call = HttpCall.post(options.messages(), "application/json", JsonTree.write(body(message)))
                .with("Authorization", "Bearer " + options.accessToken().value());
        try {
            return result(http.send(call));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    private ObjectNode body(Message message) {
        ObjectNode body = JsonTree.object()
                .put("messaging_product", "whatsapp")
                .put("recipient_type", "individual")
                .put("to", message.digits())
                .put("type", "template")
                .put("biz_opaque_callback_data", message.ref().encoded());
        ObjectNode template = body.putObject("template")
                .put("name", message.templateIds().getOrDefault(TemplateIds.WHATSAPP, options.template()));
        template.putObject("language").put("code", options.languages().nearest(message.locale()));
        ArrayNode components = template.putArray("components");
        withCode(components.addObject().put("type", "body"), message);
        withCode(
                components
                        .addObject()
                        .put("type", "button")
                        .put("sub_type", "url")
                        .put("index", "0"),
                message);
        return body;
    }

    private static void withCode(ObjectNode component, Message message) {
        component
                .putArray("parameters")
                .addObject()
                .put("type", "text")
                .put("text", message.code().digits());
    }

    private static SendResult result(HttpReply reply) {
        JsonNode json = JsonTree.read(reply.body());
        // Receipts come under our reference, so that Meta's id is of no use but as a proof that this is its answer.
        if (reply.isSuccess() && JsonTree.text(json, "/messages/0/id").isPresent()) {
            return SendResult.Accepted.plain();
        }
        Optional<String> words =
                JsonTree.text(json, "/error/error_data/details").or(() -> JsonTree.text(json, "/error/message"));
        return Outcomes.refusal(reply, REASONS, JsonTree.text(json, "/error/code"), words);
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
