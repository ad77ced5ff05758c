// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.Channel;
import dev.carillon.core.message.Gsm7;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.http.JsonTree;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** The body of {@code POST /v1/messages} for each channel. */
final class MessageBodies {
    private final Senders senders;
    private final Optional<String> template;
    private final InstantSource clock;

    /**
     * Who messages are from, by channel.
     *
     * @param whatsapp the number of the WhatsApp business account, digits
     * @param viber the Viber service's id
     * @param rcs the RCS agent's id
     */
    record Senders(String whatsapp, String viber, String rcs) {}

    /** @param template the WhatsApp authentication template for messages that name none */
    MessageBodies(Senders senders, Optional<String> template, InstantSource clock) {
        this.senders = senders;
        this.template = template;
        this.clock = clock;
    }

    /** The body; empty when the message is for WhatsApp and there is no template. */
    Optional<ObjectNode> of(Message message, Optional<URI> callback) {
        ObjectNode body = JsonTree.object()
                .put("to", message.digits())
                .put("client_ref", message.ref().encoded());
        callback.ifPresent(url -> body.put("webhook_url", url.toString()).put("webhook_version", "v1"));
        if (message.channel() == Channel.WHATSAPP) {
            return Optional.ofNullable(message.templateIds().get(TemplateIds.WHATSAPP))
                    .or(() -> template)
                    .map(name -> whatsapp(body, message, name));
        }
        return Optional.of(
                switch (message.channel()) {
                    case VIBER -> viber(body, message);
                    case RCS -> text(body, "rcs", senders.rcs(), message, 300, 259_200);
                    default -> sms(body, message);
                });
    }

    private ObjectNode sms(ObjectNode body, Message message) {
        text(body, "sms", message.senderId(), message, 20, 604_800);
        ObjectNode sms = body.putObject("sms");
        sms.put("encoding_type", Gsm7.canEncode(message.text()) ? "text" : "unicode");
        add(sms, "entity_id", message, TemplateIds.DLT_ENTITY);
        add(sms, "content_id", message, TemplateIds.DLT_TEMPLATE);
        return body;
    }

    private ObjectNode viber(ObjectNode body, Message message) {
        body.put("channel", "viber_service")
                .put("message_type", "text")
                .put("from", senders.viber())
                .put("text", message.text());
        body.putObject("viber_service").put("category", "transaction").put("ttl", seconds(message, 30, 259_200));
        return body;
    }

    /** The code goes twice: into the text, and into the button that copies it. */
    private ObjectNode whatsapp(ObjectNode body, Message message, String name) {
        body.put("channel", "whatsapp").put("message_type", "custom").put("from", senders.whatsapp());
        ObjectNode custom = body.putObject("custom").put("type", "template");
        ObjectNode node = custom.putObject("template").put("name", name);
        node.putObject("language")
                .put("policy", "deterministic")
                .put("code", message.locale().replace('-', '_'));
        var components = node.putArray("components");
        ObjectNode text = components.addObject().put("type", "body");
        ObjectNode button = components
                .addObject()
                .put("type", "button")
                .put("sub_type", "url")
                .put("index", "0");
        for (ObjectNode component : new ObjectNode[] {text, button}) {
            component
                    .putArray("parameters")
                    .addObject()
                    .put("type", "text")
                    .put("text", message.code().digits());
        }
        return body;
    }

    private ObjectNode text(ObjectNode body, String channel, String from, Message message, long least, long most) {
        return body.put("channel", channel)
                .put("message_type", "text")
                .put("from", from)
                .put("text", message.text())
                .put("ttl", seconds(message, least, most));
    }

    private long seconds(Message message, long least, long most) {
        return Math.clamp(message.timeToLive(clock.instant()).toSeconds(), least, most);
    }

    private static void add(ObjectNode node, String name, Message message, String id) {
        Optional.ofNullable(message.templateIds().get(id)).ifPresent(value -> node.put(name, value));
    }
}
