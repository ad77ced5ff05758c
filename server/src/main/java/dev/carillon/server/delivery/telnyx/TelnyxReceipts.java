// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telnyx;

import static dev.carillon.core.verification.DeliveryStatus.DELIVERED;
import static dev.carillon.core.verification.DeliveryStatus.IN_TRANSIT;
import static dev.carillon.core.verification.DeliveryStatus.NOT_SENT;
import static dev.carillon.core.verification.DeliveryStatus.SUBMITTED;
import static dev.carillon.core.verification.DeliveryStatus.UNDELIVERABLE;
import static dev.carillon.core.verification.DeliveryStatus.UNKNOWN;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.account.Money;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.ReceiptDetails;
import dev.carillon.server.delivery.http.Subjects;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Telnyx's events about outgoing messages; others, such as that a text came in, report nothing. */
final class TelnyxReceipts {
    private static final Set<String> EVENTS = Set.of("message.sent", "message.finalized");

    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "queued", SUBMITTED,
            "sending", SUBMITTED,
            "sent", IN_TRANSIT,
            // The carrier has it and will never report more.
            "delivery_unconfirmed", IN_TRANSIT,
            "delivered", DELIVERED,
            "delivery_failed", UNDELIVERABLE,
            "expired", UNDELIVERABLE,
            "sending_failed", NOT_SENT);

    private TelnyxReceipts() {}

    /** What a call reports; empty when it is not an event. */
    static Optional<List<Receipt>> of(Webhook call, Instant now) {
        JsonNode data = JsonTree.read(call.body()).path("data");
        return JsonTree.text(data, "/event_type")
                .map(type -> EVENTS.contains(type)
                        ? receipt(call, data, now).stream().toList()
                        : List.of());
    }

    private static Optional<Receipt> receipt(Webhook call, JsonNode data, Instant now) {
        JsonNode payload = data.path("payload");
        return Subjects.of(call, JsonTree.text(payload, "/tags/0"), JsonTree.text(payload, "/id"))
                .map(subject -> new Receipt(
                        subject,
                        JsonTree.text(payload, "/to/0/status")
                                .map(STATUSES::get)
                                .orElse(UNKNOWN),
                        JsonTree.text(data, "/occurred_at")
                                .flatMap(ReceiptDetails::time)
                                .orElse(now),
                        Optional.empty(),
                        cost(payload),
                        JsonTree.text(payload, "/errors/0/code")));
    }

    /** What a message cost, when it is known yet. */
    static Optional<Money> cost(JsonNode message) {
        return Outcomes.price(JsonTree.text(message, "/cost/amount"), JsonTree.text(message, "/cost/currency"));
    }
}
