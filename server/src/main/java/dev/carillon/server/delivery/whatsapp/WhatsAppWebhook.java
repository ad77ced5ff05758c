// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.whatsapp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Reads Meta's webhook, which is one for all messages of an app. Its signature covers no time; a call that comes again changes nothing,
 * since statuses only move forward.
 */
final class WhatsAppWebhook {
    private static final String ALGORITHM = "sha256=";
    private static final int MAX_CHALLENGE = 256;

    private final WhatsAppOptions options;
    private final InstantSource clock;

    WhatsAppWebhook(WhatsAppOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    WebhookReply read(Webhook call) {
        return call.method().equals("GET") ? subscribed(call) : reported(call);
    }

    /** Meta asks whether the URL is really ours when it is registered. */
    private WebhookReply subscribed(Webhook call) {
        Optional<String> token = FormData.only(call.query(), "hub.verify_token");
        Optional<String> challenge =
                FormData.only(call.query(), "hub.challenge").filter(text -> text.length() <= MAX_CHALLENGE);
        boolean expected = FormData.only(call.query(), "hub.mode")
                        .filter("subscribe"::equals)
                        .isPresent()
                && token.isPresent()
                && options.verifyToken()
                        .filter(secret -> Signatures.isSame(secret.value(), token.get()))
                        .isPresent();
        if (!expected) {
            return new WebhookReply.Forged("the verify token is not ours");
        }
        return challenge
                .<WebhookReply>map(text -> new WebhookReply.Echo("text/plain", text))
                .orElseGet(() -> new WebhookReply.Unreadable("there is no challenge"));
    }

    private WebhookReply reported(Webhook call) {
        if (options.appSecret().isEmpty()) {
            return new WebhookReply.Forged("without an app_secret no call can be told from a forged one");
        }
        Optional<String> signature = call.header("x-hub-signature-256");
        if (signature.isEmpty() || !isGenuine(options.appSecret().get(), signature.get(), call.body())) {
            return new WebhookReply.Forged("the signature is wrong");
        }
        JsonNode json = JsonTree.read(call.body());
        if (!json.isObject()) {
            return new WebhookReply.Unreadable("the body is no JSON object");
        }
        List<Receipt> receipts = new ArrayList<>();
        for (JsonNode entry : json.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                for (JsonNode status : change.path("value").path("statuses")) {
                    receipt(status).ifPresent(receipts::add);
                }
            }
        }
        return new WebhookReply.Receipts(receipts);
    }

    /**
     * Meta signs the body with all but ASCII escaped (a backslash, u and four hex digits), and says that what is sent need not look so. Both forms are
     * taken: who can make either has the secret.
     */
    private static boolean isGenuine(Secret secret, String signature, byte[] body) {
        if (!signature.startsWith(ALGORITHM)) {
            return false;
        }
        String hex = signature.substring(ALGORITHM.length());
        return Signatures.isHex(Hmac.SHA256.of(secret, body), hex)
                || Signatures.isHex(Hmac.SHA256.of(secret, escaped(new String(body, UTF_8))), hex);
    }

    private static String escaped(String body) {
        StringBuilder escaped = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char character = body.charAt(i);
            if (character < 0x7f) {
                escaped.append(character);
            } else {
                escaped.append("\\u").append(HexFormat.of().toHexDigits(character));
            }
        }
        return escaped.toString();
    }

    /** Empty for what other senders of the same app have sent, and for statuses that say nothing of delivery. */
    private Optional<Receipt> receipt(JsonNode json) {
        Optional<AttemptRef> ref =
                JsonTree.text(json, "/biz_opaque_callback_data").flatMap(AttemptRef::parse);
        Optional<DeliveryStatus> status = JsonTree.text(json, "/status").flatMap(WhatsAppWebhook::status);
        if (ref.isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Receipt(
                new Receipt.Subject.OurRef(ref.get()),
                status.get(),
                at(json),
                Optional.empty(),
                Optional.empty(),
                JsonTree.text(json, "/errors/0/code")));
    }

    private static Optional<DeliveryStatus> status(String text) {
        return switch (text) {
            case "sent" -> Optional.of(DeliveryStatus.IN_TRANSIT);
            case "delivered", "read", "played" -> Optional.of(DeliveryStatus.DELIVERED);
            case "failed" -> Optional.of(DeliveryStatus.UNDELIVERABLE);
            default -> Optional.empty();
        };
    }

    /** In seconds, written as a text. */
    private Instant at(JsonNode status) {
        return JsonTree.text(status, "/timestamp")
                .filter(text -> text.matches("[0-9]{1,11}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
                .orElseGet(clock::instant);
    }
}
