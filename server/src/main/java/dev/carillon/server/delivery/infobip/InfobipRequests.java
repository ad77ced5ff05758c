// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.infobip;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.BaseUrl;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.JsonTree;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Messages as Infobip wants them: one envelope for most channels ({@code /sms/3}, {@code /viber/2}, {@code /rcs/2}, {@code /zalo/2}),
 * an older one for WhatsApp.
 *
 * @param languages WhatsApp's name of a template's language, by BCP 47 tag
 */
record InfobipRequests(
        String connection, BaseUrl baseUrl, Secret key, Map<String, String> languages, String zaloParameter) {

    /** Validity is told in whole minutes where seconds are not known on every channel. */
    private static final long SECONDS_PER_MINUTE = 60;

    /**
     * The request that sends a message.
     *
     * @param callback where receipts go
     * @throws MissingTemplateException when the channel needs a template and none is configured
     */
    HttpCall request(Message message, Optional<URI> callback, Instant now) throws MissingTemplateException {
        return switch (message.channel()) {
            case SMS -> envelope("/sms/3/messages", message, sms(message), callback, now);
            case VIBER -> envelope("/viber/2/messages", message, text(message), callback, now);
            case RCS -> envelope("/rcs/2/messages", message, text(message), callback, now);
            case ZALO -> envelope("/zalo/2/messages", message, zalo(message), callback, now);
            case WHATSAPP -> whatsApp(message, callback);
            case TELEGRAM -> throw new IllegalArgumentException("Infobip has no Telegram");
        };
    }

    /** The same for a message sent again, so that it does not go out twice; another for the same attempt by another way. */
    private String messageId(Message message) {
        return message.ref().encoded() + "." + message.channel().name().toLowerCase(Locale.ROOT) + "." + connection;
    }

    private HttpCall envelope(String path, Message message, ObjectNode content, Optional<URI> callback, Instant now) {
        ObjectNode root = JsonTree.object();
        ObjectNode one = root.putArray("messages").addObject();
        one.put("sender", message.senderId());
        one.putArray("destinations").addObject().put("to", message.digits()).put("messageId", messageId(message));
        one.set("content", content);
        ObjectNode options = one.putObject("options");
        options.putObject("validityPeriod").put("amount", minutes(message, now)).put("timeUnit", "MINUTES");
        switch (message.channel()) {
            case SMS -> dlt(message, options);
            case VIBER -> options.put("label", "TRANSACTIONAL");
            default -> {}
        }
        ObjectNode webhooks = one.putObject("webhooks");
        callback.ifPresent(url -> webhooks.putObject("delivery").put("url", url.toString()));
        webhooks.put("contentType", "application/json")
                .put("callbackData", message.ref().encoded());
        return post(path, root);
    }

    private static long minutes(Message message, Instant now) {
        long seconds = message.timeToLive(now).toSeconds();
        return Math.max(1, (seconds + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE);
    }

    private static ObjectNode sms(Message message) {
        return JsonTree.object().put("text", message.text()).put("transliteration", "NONE");
    }

    private static ObjectNode text(Message message) {
        return JsonTree.object().put("type", "TEXT").put("text", message.text());
    }

    private ObjectNode zalo(Message message) throws MissingTemplateException {
        String template = template(message, TemplateIds.ZALO);
        ObjectNode content = JsonTree.object().put("type", "TEMPLATE");
        try {
            content.put("templateName", Long.parseLong(template));
        } catch (NumberFormatException e) {
            throw new MissingTemplateException("Zalo's template id is not a number");
        }
        content.putObject("templateData").put(zaloParameter, message.code().digits());
        return content;
    }

    private static void dlt(Message message, ObjectNode options) {
        Map<String, String> ids = message.templateIds();
        if (ids.containsKey(TemplateIds.DLT_ENTITY) || ids.containsKey(TemplateIds.DLT_TEMPLATE)) {
            ObjectNode india = options.putObject("regional").putObject("indiaDlt");
            put(india, "principalEntityId", ids, TemplateIds.DLT_ENTITY);
            put(india, "contentTemplateId", ids, TemplateIds.DLT_TEMPLATE);
            put(india, "telemarketerId", ids, TemplateIds.DLT_TELEMARKETER);
        }
    }

    private static void put(ObjectNode node, String field, Map<String, String> ids, String name) {
        if (ids.containsKey(name)) {
            node.put(field, ids.get(name));
        }
    }

    /** An authentication template takes the code twice: in its body, and in the button that copies it. */
    private HttpCall whatsApp(Message message, Optional<URI> callback) throws MissingTemplateException {
        String code = message.code().digits();
        ObjectNode root = JsonTree.object();
        ObjectNode one = root.putArray("messages").addObject();
        one.put("from", message.senderId().replace("+", ""));
        one.put("to", message.digits());
        one.put("messageId", messageId(message));
        ObjectNode content = one.putObject("content");
        content.put("templateName", template(message, TemplateIds.WHATSAPP));
        ObjectNode data = content.putObject("templateData");
        data.putObject("body").putArray("placeholders").add(code);
        data.putArray("buttons").addObject().put("type", "URL").put("parameter", code);
        content.put(
                "language",
                languages.getOrDefault(message.locale(), message.locale().replace('-', '_')));
        callback.ifPresent(url -> one.put("notifyUrl", url.toString()));
        one.put("callbackData", message.ref().encoded());
        return post("/whatsapp/1/message/template", root);
    }

    private static String template(Message message, String name) throws MissingTemplateException {
        String id = message.templateIds().get(name);
        if (id == null) {
            throw new MissingTemplateException("no " + name + " is configured");
        }
        return id;
    }

    private HttpCall post(String path, ObjectNode body) {
        return HttpCall.post(baseUrl.at(path), "application/json", JsonTree.write(body))
                .with("Authorization", "App " + key.value())
                .with("Accept", "application/json");
    }
}
