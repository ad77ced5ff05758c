// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.aws;

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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The events of a configuration set that are about texts; others report nothing. */
final class AwsReceipts {
    private static final String TEXT = "TEXT_";
    private static final int MAX_SCALE = 32;
    private static final String CURRENCY = "USD";

    private static final Map<String, DeliveryStatus> STATUSES = Map.ofEntries(
            Map.entry("TEXT_QUEUED", SUBMITTED),
            Map.entry("TEXT_PENDING", SUBMITTED),
            Map.entry("TEXT_SENT", IN_TRANSIT),
            Map.entry("TEXT_SUCCESSFUL", IN_TRANSIT),
            Map.entry("TEXT_DELIVERED", DELIVERED),
            Map.entry("TEXT_INVALID", UNDELIVERABLE),
            Map.entry("TEXT_INVALID_MESSAGE", UNDELIVERABLE),
            Map.entry("TEXT_UNREACHABLE", UNDELIVERABLE),
            Map.entry("TEXT_CARRIER_UNREACHABLE", UNDELIVERABLE),
            Map.entry("TEXT_BLOCKED", UNDELIVERABLE),
            Map.entry("TEXT_CARRIER_BLOCKED", UNDELIVERABLE),
            Map.entry("TEXT_SPAM", UNDELIVERABLE),
            Map.entry("TEXT_TTL_EXPIRED", UNDELIVERABLE),
            Map.entry("TEXT_PROTECT_BLOCKED", NOT_SENT),
            Map.entry("TEXT_UNKNOWN", UNKNOWN));

    private AwsReceipts() {}

    /** What an event reports; empty when it is none. */
    static Optional<List<Receipt>> of(Webhook call, JsonNode event, Instant now) {
        return JsonTree.text(event, "/eventType")
                .map(type -> type.startsWith(TEXT)
                        ? receipt(call, event, type, now).stream().toList()
                        : List.of());
    }

    private static Optional<Receipt> receipt(Webhook call, JsonNode event, String type, Instant now) {
        return Subjects.of(
                        call,
                        JsonTree.text(event, "/context/" + AwsRequests.ATTEMPT),
                        JsonTree.text(event, "/messageId"))
                .map(subject -> new Receipt(
                        subject,
                        status(event, type),
                        time(event).orElse(now),
                        ReceiptDetails.network(JsonTree.text(event, "/mcc"), JsonTree.text(event, "/mnc")),
                        price(event),
                        Optional.of(type)));
    }

    /** In countries without receipts of handsets, that the carrier took it is the last word, and counts as delivery. */
    private static DeliveryStatus status(JsonNode event, String type) {
        boolean lastWord =
                type.equals("TEXT_SUCCESSFUL") && event.path("isFinal").asBoolean();
        return lastWord ? DELIVERED : STATUSES.getOrDefault(type, UNKNOWN);
    }

    private static Optional<Instant> time(JsonNode event) {
        JsonNode millis = event.path("eventTimestamp");
        return millis.canConvertToLong() ? Optional.of(Instant.ofEpochMilli(millis.asLong())) : Optional.empty();
    }

    private static Optional<Money> price(JsonNode event) {
        return amount(event.path("totalMessagePrice"))
                .map(price -> price.add(amount(event.path("totalCarrierFee")).orElse(BigDecimal.ZERO)))
                .flatMap(sum -> Outcomes.price(Optional.of(sum.toPlainString()), Optional.of(CURRENCY)));
    }

    /** A number that can be one of money: to write out 1e999999999, or to add to it, takes all the memory there is. */
    private static Optional<BigDecimal> amount(JsonNode number) {
        return Optional.of(number)
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .filter(amount -> Math.abs((long) amount.scale()) <= MAX_SCALE);
    }
}
