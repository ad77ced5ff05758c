// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.message.Channel;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends by {@code POST /2010-04-01/Accounts/{Sid}/Messages.json}; hears by {@code StatusCallback}. */
final class TwilioConnection implements Connection {
    /** Seconds; the longest that Twilio takes for a long code is four hours. */
    private static final long MAX_VALIDITY = 14_400;

    /** Twilio's error codes that lie in the message, from its error dictionary. */
    private static final Map<String, Reason> REASONS = Map.ofEntries(
            Map.entry("21211", Reason.NUMBER), // not a number
            Map.entry("21217", Reason.NUMBER), // not a number
            Map.entry("21610", Reason.NUMBER), // opted out
            Map.entry("21614", Reason.NUMBER), // not a mobile number
            Map.entry("30005", Reason.NUMBER), // unknown
            Map.entry("30006", Reason.NUMBER), // a landline
            Map.entry("30450", Reason.FRAUD), // SMS pumping
            Map.entry("63003", Reason.CHANNEL), // no address of this channel
            Map.entry("63014", Reason.CHANNEL), // blocked by the user
            Map.entry("63024", Reason.CHANNEL), // no recipient of this channel
            Map.entry("63032", Reason.CHANNEL), // WhatsApp does not let this user be written to
            Map.entry("63036", Reason.CHANNEL)); // not reachable by RCS

    private static final Map<String, DeliveryStatus> STATUSES = Map.ofEntries(
            Map.entry("accepted", DeliveryStatus.SUBMITTED),
            Map.entry("scheduled", DeliveryStatus.SUBMITTED),
            Map.entry("queued", DeliveryStatus.SUBMITTED),
            Map.entry("sending", DeliveryStatus.SUBMITTED),
            Map.entry("sent", DeliveryStatus.IN_TRANSIT),
            Map.entry("delivered", DeliveryStatus.DELIVERED),
            Map.entry("read", DeliveryStatus.DELIVERED),
            Map.entry("undelivered", DeliveryStatus.UNDELIVERABLE),
            Map.entry("failed", DeliveryStatus.NOT_SENT),
            Map.entry("canceled", DeliveryStatus.NOT_SENT));

    private static final Set<String> DEAD = Set.of("failed", "undelivered", "canceled");

    private final String name;
    private final TwilioOptions options;
    private final HttpCalls calls;
    private final ConnectionContext context;
    private final TwilioSignature signature;

    TwilioConnection(String name, TwilioOptions options, HttpCalls calls, ConnectionContext context) {
        this.name = name;
        this.options = options;
        this.calls = calls;
        this.context = context;
        signature = new TwilioSignature(options.authToken());
    }

    @Override
    public SendResult send(Message message) throws InterruptedException {
        HttpCall call = HttpCall.post(options.messages(), FormData.CONTENT_TYPE, FormData.encode(fields(message)))
                .with("Authorization", options.authorization().value())
                .with("Accept", "application/json");
        try {
            return result(calls.send(call));
        } catch (CallFailedException e) {
            return e.result();
        }
    }

    @Override
    public WebhookReply webhook(Webhook call) {
        Optional<Map<String, List<String>>> verified = signature.verify(call);
        if (verified.isEmpty()) {
            return new WebhookReply.Forged("the signature is wrong or missing");
        }
        Map<String, List<String>> fields = verified.get();
        // The parameter that Twilio's own examples used before MessageStatus is sent along with it.
        Optional<String> status = FormData.only(fields, "MessageStatus").or(() -> FormData.only(fields, "SmsStatus"));
        Optional<Receipt.Subject> subject = Subjects.of(call, Optional.empty(), FormData.only(fields, "MessageSid"));
        if (status.isEmpty() || subject.isEmpty()) {
            return new WebhookReply.Unreadable("no MessageStatus or MessageSid");
        }
        return new WebhookReply.Receipts(List.of(new Receipt(
                subject.get(),
                STATUSES.getOrDefault(status.get(), DeliveryStatus.UNKNOWN),
                // RawDlrDoneDate is as the carrier wrote it, in any time zone.
                context.clock().instant(),
                Optional.empty(),
                Optional.empty(),
                FormData.only(fields, "ErrorCode").filter(code -> !code.isBlank()))));
    }

    @Override
    public void close() {
        calls.close();
    }

    private Map<String, String> fields(Message message) {
        Map<String, String> fields = new LinkedHashMap<>();
        String prefix =
                switch (message.channel()) {
                    case WHATSAPP -> "whatsapp:";
                    // So that Twilio does not fall back to SMS itself: that is for the route to decide, and to count.
                    case RCS -> "rcs:";
                    default -> "";
                };
        fields.put("To", prefix + message.to());
        sender(message, fields);
        content(message, fields);
        long seconds = message.timeToLive(context.clock().instant()).toSeconds();
        fields.put("ValidityPeriod", Long.toString(Math.min(seconds, MAX_VALIDITY)));
        context.callback(name, message.ref()).ifPresent(url -> fields.put("StatusCallback", url.toString()));
        options.riskCheck().ifPresent(check -> fields.put("RiskCheck", check));
        if (options.discardContent()) {
            fields.put("ContentRetention", "discard");
        }
        return fields;
    }

    private void sender(Message message, Map<String, String> fields) {
        Optional<String> from =
                switch (message.channel()) {
                    case WHATSAPP -> options.whatsappSender().map(number -> "whatsapp:" + number);
                    case RCS -> Optional.empty();
                    default -> options.service().isPresent() ? Optional.empty() : Optional.of(message.senderId());
                };
        from.ifPresentOrElse(text -> fields.put("From", text), () -> options.service()
                .ifPresent(sid -> fields.put("MessagingServiceSid", sid)));
    }

    /** WhatsApp lets businesses begin with an approved template only, whose text is Meta's. */
    private void content(Message message, Map<String, String> fields) {
        Optional<String> content = Optional.ofNullable(message.templateIds().get(TemplateIds.WHATSAPP))
                .or(options::whatsappContent)
                .filter(_ -> message.channel() == Channel.WHATSAPP);
        if (content.isPresent()) {
            fields.put("ContentSid", content.get());
            String code = message.code().digits();
            fields.put("ContentVariables", JsonTree.write(JsonTree.object().put("1", code)));
        } else {
            fields.put("Body", message.text());
        }
    }

    private static SendResult result(HttpReply reply) {
        JsonNode body = JsonTree.read(reply.body());
        if (!reply.isSuccess()) {
            return Outcomes.refusal(reply, REASONS, JsonTree.text(body, "/code"), JsonTree.text(body, "/message"));
        }
        Optional<String> status = JsonTree.text(body, "/status");
        if (JsonTree.text(body, "/sid").isEmpty() || status.isEmpty()) {
            return Outcomes.byStatus(reply, "no sid or status in the answer");
        }
        if (DEAD.contains(status.get())) {
            return dead(body, status.get());
        }
        return new SendResult.Accepted(
                Optional.empty(), Outcomes.price(JsonTree.text(body, "/price"), JsonTree.text(body, "/price_unit")));
    }

    /** A message that was made, and has failed already. */
    private static SendResult dead(JsonNode body, String status) {
        Optional<String> code = JsonTree.text(body, "/error_code");
        String detail = Outcomes.detail(
                code.orElse(status), JsonTree.text(body, "/error_message").orElse(status));
        return code.map(REASONS::get)
                .<SendResult>map(reason -> new SendResult.Rejected(reason, detail))
                .orElseGet(() -> new SendResult.Fault(detail));
    }
}
