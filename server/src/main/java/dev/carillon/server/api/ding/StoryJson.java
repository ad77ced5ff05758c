// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.carillon.server.api.WireTime;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.verify.Story;
import java.io.IOException;
import java.util.Optional;

/**
 * The status answer. Each kind of event has exactly its documented fields: ding-golang tells the kinds apart by their sets of
 * fields and refuses the whole answer over one that it does not know.
 */
final class StoryJson {
    private StoryJson() {}

    static void write(Story story, JsonGenerator json) throws IOException {
        json.writeStringField("uuid", story.id().toString());
        json.writeStringField("phone_number", story.number());
        optional(json, "template_id", story.templateId());
        optional(json, "correlation_id", story.correlationId());
        json.writeStringField("created_at", WireTime.of(story.createdAt()));
        if (!story.signals().equals(Signals.NONE)) {
            json.writeObjectFieldStart("signals");
            write(story.signals(), json);
            json.writeEndObject();
        }
        json.writeArrayFieldStart("events");
        for (Story.Event event : story.events()) {
            json.writeStartObject();
            write(event, json);
            json.writeStringField("created_at", WireTime.of(event.at()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(Signals signals, JsonGenerator json) throws IOException {
        optional(json, "ip", signals.ip());
        optional(json, "device_id", signals.deviceId());
        optional(json, "device_type", signals.deviceType().map(Names::of));
        optional(json, "app_version", signals.appVersion());
        optional(json, "app_realm", signals.appRealm());
        optional(json, "os_version", signals.osVersion());
        optional(json, "device_model", signals.deviceModel());
        if (signals.returningUser().isPresent()) {
            json.writeBooleanField("is_returning_user", signals.returningUser().get());
        }
    }

    private static void write(Story.Event event, JsonGenerator json) throws IOException {
        switch (event) {
            case Story.Attempt attempt -> {
                json.writeStringField("type", "attempt");
                json.writeStringField("id", attempt.id().toString());
                json.writeStringField("content", attempt.content());
                json.writeStringField("sender_id", attempt.senderId());
                json.writeStringField("capability", Names.of(attempt.channel()));
                json.writeNumberField("attempt_number", attempt.number());
                json.writeStringField("status", Names.of(attempt.status()));
            }
            case Story.Check check -> {
                json.writeStringField("type", "check");
                json.writeStringField("id", check.id().toString());
                json.writeStringField("code", check.code());
                json.writeStringField("status", Names.of(check.result()));
            }
            case Story.BalanceUpdate update -> {
                json.writeStringField("type", "balance_update");
                json.writeStringField("balance_update_type", Names.of(update.kind()));
                json.writeNumberField("amount", Amount.of(update.micros()));
            }
            case Story.Delivery delivery -> {
                json.writeStringField("type", "delivery_status");
                json.writeStringField("status", Names.of(delivery.status()));
                json.writeStringField("attempt_id", delivery.attemptId().toString());
                json.writeNumberField("attempt_number", delivery.attemptNumber());
                json.writeStringField("originated_at", WireTime.of(delivery.originatedAt()));
            }
        }
    }

    private static void optional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
