// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads Google's webhook, which is one for all messages of an agent or of a partner with many. Its signature covers no time; a call that
 * comes again changes nothing, since statuses only move forward.
 *
 * <p>Google keeps one queue for a partner and stops at a call that is not answered with 200. So whatever it has really signed is
 * taken, be it of use or not.
 */
final class RbmWebhook {
    /** What is about an older message is of no use to anybody. */
    private static final Duration MAX_AGE = Duration.ofDays(4);

    private final RbmOptions options;
    private final InstantSource clock;

    RbmWebhook(RbmOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    WebhookReply read(Webhook call) {
        if (options.clientToken().isEmpty()) {
            return new WebhookReply.Forged("without a client_token no call can be told from a forged one");
        }
        Secret token = options.clientToken().get();
        JsonNode json = JsonTree.read(call.body());
        Optional<String> shown = JsonTree.text(json, "/clientToken");
        if (shown.isPresent()) {
            return handshake(token, shown.get(), json);
        }
        Optional<byte[]> data = JsonTree.text(json, "/message/data").flatMap(RbmWebhook::decode);
        Optional<String> signature = call.header("x-goog-signature");
        if (data.isEmpty() || signature.isEmpty()) {
            return new WebhookReply.Forged("it is not signed");
        }
        if (!Signatures.isBase64(Hmac.SHA512.of(token, data.get()), signature.get())) {
            return new WebhookReply.Forged("the signature is wrong");
        }
        return new WebhookReply.Receipts(
                receipt(JsonTree.read(data.get())).map(List::of).orElse(List.of()));
    }

    /** Google asks whether the URL is really ours when it is registered. */
    private static WebhookReply handshake(Secret token, String shown, JsonNode json) {
        if (!Signatures.isSame(token.value(), shown)) {
            return new WebhookReply.Forged("the client token is not ours");
        }
        return JsonTree.text(json, "/secret")
                .<WebhookReply>map(secret -> new WebhookReply.Echo("text/plain", secret))
                .orElseGet(() -> new WebhookReply.Unreadable("there is no secret to give back"));
    }

    private Optional<Receipt> receipt(JsonNode event) {
        Optional<DeliveryStatus> status = JsonTree.text(event, "/eventType").flatMap(RbmWebhook::status);
        Optional<UUID> id = JsonTree.text(event, "/messageId").flatMap(RbmWebhook::uuid);
        boolean ofAnotherAgent = JsonTree.text(event, "/agentId")
                .filter(agent -> !agent.equals(options.agentId()))
                .isPresent();
        if (status.isEmpty() || id.isEmpty() || ofAnotherAgent || isOld(id.get())) {
            return Optional.empty();
        }
        Instant at = JsonTree.text(event, "/sendTime").flatMap(RbmWebhook::time).orElseGet(clock::instant);
        return Optional.of(Receipt.of(new Receipt.Subject.ProviderId(id.get().toString()), status.get(), at));
    }

    private static Optional<DeliveryStatus> status(String eventType) {
        return switch (eventType) {
            case "DELIVERED", "READ" -> Optional.of(DeliveryStatus.DELIVERED);
            case "TTL_EXPIRATION_REVOKED" -> Optional.of(DeliveryStatus.UNDELIVERABLE);
            // Of a message whose revocation failed nobody knows whether it arrives.
            default -> Optional.empty();
        };
    }

    /** Ids are ours, and tell when they were made. */
    private boolean isOld(UUID attemptId) {
        return Duration.between(TimeOrderedId.timeOf(attemptId), clock.instant())
                        .compareTo(MAX_AGE)
                > 0;
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
