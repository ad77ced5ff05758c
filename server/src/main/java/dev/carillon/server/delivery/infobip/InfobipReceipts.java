// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.infobip;

import static dev.carillon.core.verification.DeliveryStatus.DELIVERED;
import static dev.carillon.core.verification.DeliveryStatus.IN_TRANSIT;
import static dev.carillon.core.verification.DeliveryStatus.NOT_SENT;
import static dev.carillon.core.verification.DeliveryStatus.SUBMITTED;
import static dev.carillon.core.verification.DeliveryStatus.UNDELIVERABLE;
import static dev.carillon.core.verification.DeliveryStatus.UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.account.Money;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.AttemptRef;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.ReceiptDetails;
import dev.carillon.server.delivery.http.Subjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Infobip's delivery and seen reports: a list of results, of which those about other messages are left out. */
final class InfobipReceipts {
    private static final Map<String, DeliveryStatus> BY_GROUP = Map.of(
            "ACCEPTED", SUBMITTED,
            "PENDING", IN_TRANSIT,
            "DELIVERED", DELIVERED,
            "UNDELIVERABLE", UNDELIVERABLE,
            "EXPIRED", UNDELIVERABLE,
            "REJECTED", NOT_SENT);

    /** Statuses that say something else than their group. */
    private static final Map<String, DeliveryStatus> BY_NAME = Map.of(
            "PENDING_ACCEPTED", SUBMITTED,
            "DELIVERED_TO_OPERATOR", IN_TRANSIT,
            "UNDELIVERABLE_NOT_SENT", NOT_SENT,
            "EXPIRED_DLR_UNKNOWN", UNKNOWN,
            "SIGNALS_BLOCKED", NOT_SENT);

    private InfobipReceipts() {}

    /** What a call reports; empty when it is not a list of results. */
    static Optional<List<Receipt>> of(Webhook call, Instant now) {
        JsonNode results = JsonTree.read(call.body()).path("results");
        if (!results.isArray()) {
            return Optional.empty();
        }
        List<Receipt> receipts = new ArrayList<>();
        for (JsonNode result : results) {
            receipt(call, result, now).ifPresent(receipts::add);
        }
        return Optional.of(receipts);
    }

    private static Optional<Receipt> receipt(Webhook call, JsonNode result, Instant now) {
        Optional<String> reference = JsonTree.text(result, "/callbackData");
        // Nothing is signed: who knows one attempt's URL must not be able to speak of another.
        Optional<AttemptRef> named = reference.flatMap(AttemptRef::parse);
        if (call.ref().isPresent() && named.isPresent() && !named.equals(call.ref())) {
            return Optional.empty();
        }
        return Subjects.of(call, reference, JsonTree.text(result, "/messageId"))
                .map(subject -> new Receipt(
                        subject,
                        status(result),
                        time(result).orElse(now),
                        JsonTree.text(result, "/mccMnc").flatMap(Network::parse),
                        price(result),
                        code(result)));
    }

    private static DeliveryStatus status(JsonNode result) {
        if (JsonTree.text(result, "/seenAt").isPresent()) {
            return DELIVERED;
        }
        return JsonTree.text(result, "/status/name")
                .map(BY_NAME::get)
                .or(() -> JsonTree.text(result, "/status/groupName").map(BY_GROUP::get))
                .orElse(UNKNOWN);
    }

    private static Optional<Instant> time(JsonNode result) {
        return JsonTree.text(result, "/doneAt")
                .or(() -> JsonTree.text(result, "/seenAt"))
                .flatMap(ReceiptDetails::time);
    }

    /** What all parts cost together. */
    private static Optional<Money> price(JsonNode result) {
        int parts = Math.clamp(result.path("messageCount").asInt(1), 1, 255);
        return Outcomes.price(JsonTree.text(result, "/price/pricePerMessage"), JsonTree.text(result, "/price/currency"))
                .map(each -> new Money(each.micros() * parts, each.currency()));
    }

    private static Optional<String> code(JsonNode result) {
        return JsonTree.text(result, "/error/name")
                .filter(name -> !name.equals("NO_ERROR"))
                .or(() -> JsonTree.text(result, "/status/name"));
    }
}
