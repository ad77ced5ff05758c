// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.carillon.core.account.Money;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.verification.Notice;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import dev.carillon.server.api.Json;
import dev.carillon.server.verify.Subject;
import dev.carillon.server.webhook.EventForm;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Events in Ding's words. The authentication event has the fields that Ding documented; of the attempt and the delivery status, whose
 * examples are lost, the fields follow from it and from the status answer. A price that is not known is left out.
 */
public final class DingEvents implements EventForm {
    /** Ding's own: an offset without a colon, no fraction. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public byte[] body(UUID id, Verification verification, Subject subject, Notice notice) {
        return Json.object(json -> {
            json.writeStringField("id", id.toString());
            json.writeStringField("auth_uuid", verification.id().toString());
            write(notice, verification, json);
            json.writeStringField("recipient_phone_number", subject.number().value());
            json.writeStringField("time", time(notice.at()));
            if (subject.correlationId().isPresent()) {
                json.writeStringField("correlation_id", subject.correlationId().get());
            }
        });
    }

    private static void write(Notice notice, Verification verification, JsonGenerator json) throws IOException {
        switch (notice) {
            case Notice.Opened _ -> {
                json.writeStringField("type", "authentication");
                price(verification.charge(BalanceChanged.WINDOW), json);
            }
            case Notice.Sent sent -> {
                json.writeStringField("type", "attempt");
                Hop hop = verification.hop(sent.attempt());
                attempt(sent.attempt(), json);
                json.writeStringField("capability", Names.of(hop.channel()));
                json.writeStringField("sender_id", hop.senderId());
                price(
                        price(
                                verification,
                                sent.attempt(),
                                verification.price(sent.attempt().number())),
                        json);
            }
            case Notice.Delivery delivery -> {
                json.writeStringField("type", "delivery_status");
                attempt(delivery.attempt(), json);
                json.writeStringField("status", Names.of(delivery.report().status()));
                json.writeStringField("originated_at", time(delivery.report().originatedAt()));
                price(
                        price(
                                verification,
                                delivery.attempt(),
                                delivery.report().news().price()),
                        json);
            }
            case Notice.Checked checked -> {
                json.writeStringField("type", "check");
                json.writeStringField("check_uuid", checked.check().id().toString());
                json.writeStringField("status", Names.of(checked.check().result()));
            }
            case Notice.FeedbackTaken taken -> {
                json.writeStringField("type", "feedback");
                json.writeStringField("feedback_uuid", taken.feedback().id().toString());
                json.writeStringField("status", taken.feedback().onboarded() ? "onboarded" : "not_onboarded");
            }
        }
    }

    private static void attempt(AttemptQueued attempt, JsonGenerator json) throws IOException {
        json.writeStringField("attempt_uuid", attempt.id().toString());
        json.writeNumberField("attempt_number", attempt.number());
    }

    /** What the account pays, where it has prices; else what is known of what the operator pays. */
    private static Optional<Money> price(Verification verification, AttemptQueued attempt, Optional<Money> cost) {
        return verification.terms().isPresent() ? verification.charge(attempt.number()) : cost;
    }

    private static void price(Optional<Money> price, JsonGenerator json) throws IOException {
        if (price.isPresent()) {
            json.writeObjectFieldStart("price");
            json.writeNumberField("amount", Amount.of(price.get().micros()));
            json.writeStringField("currency", price.get().currency());
            json.writeEndObject();
        }
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }
}
