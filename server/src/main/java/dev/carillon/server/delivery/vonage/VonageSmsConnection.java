// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Gsm7;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.WebhookReply;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.Subjects;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Sends by {@code POST /sms/json}; hears by calls of either method, with a query, a form or JSON. */
final class VonageSmsConnection implements Connection {
    private static final long MIN_TTL_MILLIS = 20_000;
    private static final long MAX_TTL_MILLIS = 604_800_000;
    private static final String ACCEPTED = "0";
    /** Vonage's accounts are in euros. */
    private static final String CURRENCY = "EUR";

    /** The statuses that lie in the message: 6 no such prefix, 7 barred, 33 deactivated. */
    private static final Map<String, Reason> REASONS =
            Map.of("6", Reason.NUMBER, "7", Reason.NUMBER, "33", Reason.NUMBER);

    private static final Map<String, DeliveryStatus> STATUSES = Map.of(
            "accepted", DeliveryStatus.IN_TRANSIT,
            "buffered", DeliveryStatus.IN_TRANSIT,
            "delivered", DeliveryStatus.DELIVERED,
            "expired", DeliveryStatus.UNDELIVERABLE,
            "failed", DeliveryStatus.UNDELIVERABLE,
            "rejected", DeliveryStatus.UNDELIVERABLE,
            "unknown", DeliveryStatus.UNKNOWN);

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int TIMESTAMP_LENGTH = 19;

    private final String name;
    private final URI url;
    private final String key;
    private final Secret secret;
    private final Optional<DlrSignature> signature;
    private final HttpCalls calls;
    private final ConnectionContext context;

    VonageSmsConnection(
            String name,
            URI url,
            String key,
            Secret secret,
            Optional<DlrSignature> signature,
            HttpCalls calls,
            ConnectionContext context) {
        this.name = name;
        this.url = url;
        this.key = key;
        this.secret = secret;
        this.signature = signature;
        this.calls = calls;
        this.context = context;
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        try {
            return result(calls.send(HttpCall.post(url, FormData.CONTENT_TYPE, FormData.encode(fields(message)))));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        Optional<Map<String, String>> read = parameters(call);
        Map<String, String> parameters = read.orElse(Map.of());
        if (signature.isPresent()
                ? !signature.get().verify(parameters)
                : call.ref().isEmpty()) {
            return new WebhookReply.Forged("the signature is wrong or missing");
        }
        if (signature.isPresent() && !isFresh(parameters)) {
            return new WebhookReply.Forged("the signature is too old");
        }
        Optional<String> status = Optional.ofNullable(parameters.get("status"));
        Optional<Receipt.Subject> subject = Subjects.of(
                call,
                Optional.ofNullable(parameters.get("client-ref")),
                Optional.ofNullable(parameters.get("messageId")));
        if (status.isEmpty() || subject.isEmpty()) {
            return new WebhookReply.Unreadable("no status or messageId");
        }
        Receipt receipt = new Receipt(
                subject.get(),
                STATUSES.getOrDefault(status.get(), DeliveryStatus.UNKNOWN),
                time(parameters.getOrDefault("message-timestamp", "")),
                Network.parse(parameters.getOrDefault("network-code", "")),
                Outcomes.price(Optional.ofNullable(parameters.get("price")), Optional.of(CURRENCY)),
                Optional.ofNullable(parameters.get("err-code")).filter(code -> !code.isBlank() && !code.equals("0")));
        return new WebhookReply.Receipts(
                List.of(receipt), signature.flatMap(_ -> Optional.ofNullable(parameters.get("nonce"))));
    }

    @Override
    public void close() {
        calls.close();
    }

    private Map<String, String> fields(Message message) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("api_key", key);
        fields.put("api_secret", secret.value());
        fields.put("from", message.senderId());
        fields.put("to", message.digits());
        fields.put("text", message.text());
        fields.put("type", Gsm7.canEncode(message.text()) ? "text" : "unicode");
        long ttl = message.timeToLive(context.clock().instant()).toMillis();
        fields.put("ttl", Long.toString(Math.clamp(ttl, MIN_TTL_MILLIS, MAX_TTL_MILLIS)));
        fields.put("client-ref", message.ref().encoded());
        fields.put("status-report-req", "1");
        context.callback(name, message.ref()).ifPresent(callback -> fields.put("callback", callback.toString()));
        add(fields, "entity-id", message, TemplateIds.DLT_ENTITY);
        add(fields, "content-id", message, TemplateIds.DLT_TEMPLATE);
        return fields;
    }

    private static void add(Map<String, String> fields, String name, Message message, String id) {
        Optional.ofNullable(message.templateIds().get(id)).ifPresent(value -> fields.put(name, value));
    }

    /** One element for each part of the text; the message has gone out when every part has. */
    private static SendResult result(HttpReply reply) {
        JsonNode parts = JsonTree.read(reply.body()).path("messages");
        if (!reply.isSuccess() || parts.isEmpty()) {
            return Outcomes.byStatus(reply, Outcomes.detail(reply, Optional.empty(), Optional.empty()));
        }
        int accepted = 0;
        Optional<JsonNode> refused = Optional.empty();
        for (JsonNode part : parts) {
            if (JsonTree.text(part, "/status").filter(ACCEPTED::equals).isPresent()) {
                accepted++;
            } else {
                refused = refused.or(() -> Optional.of(part));
            }
        }
        if (refused.isEmpty()) {
            return new SendResult.Accepted(Optional.empty(), price(parts));
        }
        Optional<String> status = JsonTree.text(refused.get(), "/status");
        String detail = Outcomes.detail(
                status.orElse(""), JsonTree.text(refused.get(), "/error-text").orElse(""));
        if (accepted > 0 || status.isEmpty()) {
            return new SendResult.Unknown("a part of the text was not accepted: " + detail);
        }
        return status.map(REASONS::get)
                .<SendResult>map(reason -> new SendResult.Rejected(reason, detail))
                .orElseGet(() -> new SendResult.Fault(detail));
    }

    private static Optional<Money> price(JsonNode parts) {
        long micros = 0;
        for (JsonNode part : parts) {
            Optional<Money> price = Outcomes.price(JsonTree.text(part, "/message-price"), Optional.of(CURRENCY));
            if (price.isEmpty()) {
                return Optional.empty();
            }
            micros += price.get().micros();
        }
        return Optional.of(new Money(micros, CURRENCY));
    }

    /** Whatever method and form the account is set to. */
    private static Optional<Map<String, String>> parameters(Webhook call) {
        if (call.method().equals("GET")) {
            return Optional.of(single(call.query()));
        }
        if (call.header("content-type").orElse("").startsWith("application/json")) {
            Map<String, String> fields = new LinkedHashMap<>();
            JsonTree.read(call.body()).properties().forEach(field -> {
                if (field.getValue().isValueNode()) {
                    fields.put(field.getKey(), field.getValue().asText());
                }
            });
            return Optional.of(fields);
        }
        return FormData.decode(call.body()).map(VonageSmsConnection::single);
    }

    private static Map<String, String> single(Map<String, List<String>> fields) {
        Map<String, String> single = new LinkedHashMap<>();
        fields.forEach((name, values) -> single.put(name, values.getLast()));
        return single;
    }

    private boolean isFresh(Map<String, String> parameters) {
        try {
            Instant signed = Instant.ofEpochSecond(Long.parseLong(parameters.getOrDefault("timestamp", "")));
            return Outcomes.isFresh(signed, context.clock().instant());
        } catch (NumberFormatException | DateTimeException e) {
            return false;
        }
    }

    /** In UTC; some accounts are sent an offset behind it, which is always zero. */
    private Instant time(String text) {
        try {
            String time = text.substring(0, Math.min(text.length(), TIMESTAMP_LENGTH));
            return LocalDateTime.parse(time, TIMESTAMP).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return context.clock().instant();
        }
    }
}
