// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.account.Money;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads delivery reports: signed, with the time at which they were sent. */
final class TelegramReports {
    /** What the Gateway's prices and balances are in. */
    private static final String CURRENCY = "USD";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

    private final byte[] key;
    private final InstantSource clock;

    TelegramReports(Secret accessToken, InstantSource clock) {
        this.key = Signatures.sha256(accessToken.value().getBytes(UTF_8));
        this.clock = clock;
    }

    WebhookReply read(Webhook call) {
        Optional<String> timestamp = call.header("x-request-timestamp")
                .filter(text -> SECONDS.matcher(text).matches());
        Optional<String> signature = call.header("x-request-signature");
        if (timestamp.isEmpty() || signature.isEmpty()) {
            return new WebhookReply.Forged("it is not signed");
        }
        byte[] expected = Hmac.SHA256.of(key, (timestamp.get() + "\n").getBytes(UTF_8), call.body());
        if (!Signatures.isHex(expected, signature.get())) {
            return new WebhookReply.Forged("the signature is wrong");
        }
        if (!Outcomes.isFresh(Instant.ofEpochSecond(Long.parseLong(timestamp.get())), clock.instant())) {
            return new WebhookReply.Forged("replayed: it was signed too long ago, or ahead of time");
        }
        JsonNode json = JsonTree.read(call.body());
        if (!json.isObject()) {
            return new WebhookReply.Unreadable("the body is no JSON object");
        }
        Optional<AttemptRef> payload = JsonTree.text(json, "/payload").flatMap(AttemptRef::parse);
        if (call.ref().isPresent() && payload.isPresent() && !call.ref().equals(payload)) {
            return new WebhookReply.Forged("it is about another message than its URL");
        }
        return new WebhookReply.Receipts(call.ref()
                .or(() -> payload)
                .flatMap(ref -> receipt(ref, json))
                .map(List::of)
                .orElse(List.of()));
    }

    /** What a request has cost so far: nothing, once its fee was given back. */
    static Optional<Money> cost(JsonNode requestStatus) {
        Optional<String> amount = requestStatus.path("is_refunded").asBoolean()
                ? Optional.of("0")
                : JsonTree.text(requestStatus, "/request_cost");
        return Outcomes.price(amount, Optional.of(CURRENCY));
    }

    /** Empty for a report that tells neither of delivery nor of a refund. */
    private Optional<Receipt> receipt(AttemptRef ref, JsonNode json) {
        Optional<String> word = JsonTree.text(json, "/delivery_status/status");
        DeliveryStatus status = word.map(TelegramReports::status).orElse(DeliveryStatus.UNKNOWN);
        if (status == DeliveryStatus.UNKNOWN && !json.path("is_refunded").asBoolean()) {
            return Optional.empty();
        }
        Instant at = JsonTree.text(json, "/delivery_status/updated_at")
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
                .orElseGet(clock::instant);
        return Optional.of(new Receipt(
                new Receipt.Subject.OurRef(ref),
                status,
                at,
                Optional.empty(),
                cost(json),
                status == DeliveryStatus.UNDELIVERABLE ? word : Optional.empty()));
    }

    private static DeliveryStatus status(String word) {
        return switch (word) {
            case "sent" -> DeliveryStatus.IN_TRANSIT;
            case "delivered", "read" -> DeliveryStatus.DELIVERED;
            case "expired", "revoked" -> DeliveryStatus.UNDELIVERABLE;
            default -> DeliveryStatus.UNKNOWN;
        };
    }
}
