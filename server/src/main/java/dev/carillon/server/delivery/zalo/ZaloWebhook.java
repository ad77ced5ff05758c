// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.zalo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Signatures;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads Zalo's webhook, which is one for all events of an application. The signature is a plain SHA-256 over the application's id, the
 * body, the event's time and the official account's secret: so Zalo documents it, and so clients check it.
 */
final class ZaloWebhook {
    private static final String ALGORITHM = "mac=";
    private static final Pattern MILLIS = Pattern.compile("[0-9]{10,15}");

    /**
     * How old an event may be. Its time is signed, but Zalo repeats a call that fails for twelve hours with the time of the first, and
     * switches the webhook off when none succeeds: a server that was down for an hour must take what comes then. An event
     * that comes again changes nothing, since statuses only move forward.
     */
    private static final Duration MAX_AGE = Duration.ofHours(13);

    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private final ZaloOptions options;
    private final InstantSource clock;

    ZaloWebhook(ZaloOptions options, InstantSource clock) {
        this.options = options;
        this.clock = clock;
    }

    WebhookReply read(Webhook call) {
        if (options.oaSecret().isEmpty()) {
            return new WebhookReply.Forged("without an oa_secret no call can be told from a forged one");
        }
        Optional<String> signature = call.header("x-zevent-signature").filter(text -> text.startsWith(ALGORITHM));
        JsonNode json = JsonTree.read(call.body());
        Optional<String> timestamp = JsonTree.text(json, "/timestamp")
                .filter(text -> MILLIS.matcher(text).matches());
        if (signature.isEmpty() || timestamp.isEmpty()) {
            return new WebhookReply.Forged("it is not signed");
        }
        byte[] expected = Signatures.sha256(
                signed(call.body(), timestamp.get(), options.oaSecret().get()));
        if (!Signatures.isHex(expected, signature.get().substring(ALGORITHM.length()))) {
            return new WebhookReply.Forged("the signature is wrong");
        }
        Instant at = Instant.ofEpochMilli(Long.parseLong(timestamp.get()));
        Duration age = Duration.between(at, clock.instant());
        if (age.compareTo(MAX_AGE) > 0 || age.negated().compareTo(MAX_AHEAD) > 0) {
            return new WebhookReply.Forged("replayed: it was signed too long ago, or ahead of time");
        }
        return new WebhookReply.Receipts(receipt(json, at).map(List::of).orElse(List.of()));
    }

    private byte[] signed(byte[] body, String timestamp, Secret oaSecret) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes(options.appId().getBytes(UTF_8));
        signed.writeBytes(body);
        signed.writeBytes(timestamp.getBytes(UTF_8));
        signed.writeBytes(oaSecret.value().getBytes(UTF_8));
        return signed.toByteArray();
    }

    /** Empty for the many events of an official account that are not about one of our messages. */
    private static Optional<Receipt> receipt(JsonNode json, Instant at) {
        if (!json.path("event_name").asText().equals("user_received_message")) {
            return Optional.empty();
        }
        return JsonTree.text(json, "/message/tracking_id")
                .flatMap(AttemptRef::parse)
                .map(ref -> Receipt.of(
                        new Receipt.Subject.OurRef(ref),
                        DeliveryStatus.DELIVERED,
                        JsonTree.text(json, "/message/delivery_time")
                                .filter(text -> MILLIS.matcher(text).matches())
                                .map(text -> Instant.ofEpochMilli(Long.parseLong(text)))
                                .orElse(at)));
    }
}
