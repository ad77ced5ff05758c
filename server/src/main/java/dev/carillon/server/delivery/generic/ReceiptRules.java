// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Subjects;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How the provider's calls are read.
 *
 * @param method {@code GET} or {@code POST}
 * @param list where the reports are, when one call has several; empty: the call is one report
 * @param ref where our reference is
 * @param id where the provider's id is
 * @param statuses what the provider's words mean, in lower case
 */
record ReceiptRules(
        String method,
        CallProof proof,
        Optional<JsonPointer> list,
        Optional<Place> ref,
        Optional<Place> id,
        Place status,
        Map<String, DeliveryStatus> statuses,
        Optional<Place> time,
        TimeFormat timeFormat,
        Optional<Place> code,
        Optional<Place> network) {

    /** How a time is written. */
    enum TimeFormat {
        ISO,
        UNIX,
        UNIX_MILLIS
    }

    static ReceiptRules read(Options options) {
        String method = options.text("method", "POST");
        if (!method.equals("GET") && !method.equals("POST")) {
            throw options.wrong("method", "must be GET or POST");
        }
        ReceiptRules rules = new ReceiptRules(
                method,
                CallProof.read(options, method),
                options.optionalText("list").map(text -> Place.pointer(options, "list", text)),
                Place.read(options, "ref"),
                Place.read(options, "id"),
                Place.read(options, "status").orElseThrow(() -> options.wrong("status", "is missing")),
                statuses(options),
                Place.read(options, "time"),
                options.choice("time_format", TimeFormat.class, TimeFormat.ISO),
                Place.read(options, "code"),
                Place.read(options, "network"));
        options.refuseUnknown();
        if (!rules.proof().isSome() && rules.list().isPresent()) {
            throw options.wrong(
                    "list", "needs signature or token: a call about several messages is not to one attempt's URL");
        }
        return rules;
    }

    /** Whether receipts name messages by the provider's id alone. */
    boolean needsId() {
        return id.isPresent() && ref.isEmpty() && proof.isSome();
    }

    WebhookReply read(Webhook call, Instant now) {
        if (!proof.holds(call)) {
            return new WebhookReply.Forged(
                    proof.isSome() ? "the signature or token is wrong or missing" : "the URL is not an attempt's own");
        }
        if (!call.method().equals(method)) {
            return new WebhookReply.Unreadable("it is no " + method);
        }
        List<Receipt> receipts = new ArrayList<>();
        for (Place.Document report : reports(document(call))) {
            Optional<String> word = status.in(report);
            Optional<Receipt.Subject> subject =
                    Subjects.of(call, ref.flatMap(place -> place.in(report)), id.flatMap(place -> place.in(report)));
            if (word.isEmpty() || subject.isEmpty()) {
                return new WebhookReply.Unreadable("no status, or nothing that names the message");
            }
            receipts.add(new Receipt(
                    subject.get(),
                    statuses.getOrDefault(word.get().toLowerCase(Locale.ROOT), DeliveryStatus.UNKNOWN),
                    time.flatMap(place -> place.in(report))
                            .flatMap(this::instant)
                            .orElse(now),
                    network.flatMap(place -> place.in(report)).flatMap(Network::parse),
                    Optional.empty(),
                    code.flatMap(place -> place.in(report))));
        }
        return new WebhookReply.Receipts(receipts);
    }

    private static Place.Document document(Webhook call) {
        Map<String, List<String>> fields = new HashMap<>(call.query());
        if (call.header("content-type").orElse("").startsWith(FormData.CONTENT_TYPE)) {
            FormData.decode(call.body()).ifPresent(fields::putAll);
        }
        return new Place.Document(JsonTree.read(call.body()), fields, call.headers(), new String(call.body(), UTF_8));
    }

    private List<Place.Document> reports(Place.Document whole) {
        if (list.isEmpty()) {
            return List.of(whole);
        }
        List<Place.Document> reports = new ArrayList<>();
        for (JsonNode each : whole.json().at(list.get())) {
            reports.add(new Place.Document(each, whole.fields(), whole.headers(), JsonTree.write(each)));
        }
        return reports;
    }

    private Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    switch (timeFormat) {
                        case ISO -> OffsetDateTime.parse(text).toInstant();
                        case UNIX -> Instant.ofEpochSecond(Long.parseLong(text));
                        case UNIX_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
                    });
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Map<String, DeliveryStatus> statuses(Options options) {
        Options section = options.section("statuses");
        Map<String, DeliveryStatus> statuses = new HashMap<>();
        for (String word : section.names()) {
            section.text(word); // a choice that is missing would be its standard
            statuses.put(
                    word.toLowerCase(Locale.ROOT), section.choice(word, DeliveryStatus.class, DeliveryStatus.UNKNOWN));
        }
        if (!statuses.containsValue(DeliveryStatus.DELIVERED)) {
            throw options.wrong("statuses", "must say which word means delivered");
        }
        return Map.copyOf(statuses);
    }
}
