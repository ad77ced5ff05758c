// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.infobip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.SendResult.Reason;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Infobip's answers mean. Source: its status and error code tables, and the error object of the OpenAPI document 3.210. */
final class InfobipAnswers {
    /** It has this message id already: what was in doubt before is certain now. */
    private static final String SENT_BEFORE = "REJECTED_DUPLICATE_MESSAGE_ID";

    private static final Set<String> ON_ITS_WAY = Set.of("OK", "ACCEPTED", "PENDING", "DELIVERED");

    /** Statuses of the group REJECTED that lie in the message; all others lie in the account, the sender or the network. */
    private static final Map<String, Reason> REASONS = Map.of(
            "REJECTED_PREFIX_MISSING", Reason.NUMBER,
            "REJECTED_DND", Reason.NUMBER,
            "REJECTED_DESTINATION_BLOCKLISTED", Reason.NUMBER,
            "REJECTED_DESTINATION", Reason.NUMBER,
            "SIGNALS_BLOCKED", Reason.FRAUD);

    /** Where an error object says that the recipient is wrong: {@code messages[0].destinations[0].to}. */
    private static final Pattern RECIPIENT = Pattern.compile("(?:.*\\.)?to");

    private InfobipAnswers() {}

    static SendResult result(HttpReply reply, Channel channel) {
        JsonNode root = JsonTree.read(reply.body());
        return reply.isSuccess() ? taken(reply, root, channel) : refused(reply, root);
    }

    private static SendResult taken(HttpReply reply, JsonNode root, Channel channel) {
        // Sending one message by the older contract may be answered without the list.
        JsonNode message = root.at("/messages/0").isMissingNode() ? root : root.at("/messages/0");
        Optional<String> group = JsonTree.text(message, "/status/groupName");
        Optional<String> name = JsonTree.text(message, "/status/name");
        if (group.filter(ON_ITS_WAY::contains).isPresent()
                || name.filter(SENT_BEFORE::equals).isPresent()) {
            return SendResult.Accepted.plain();
        }
        if (group.isEmpty()) {
            return Outcomes.byStatus(reply, Outcomes.detail(reply, name, Optional.of("an answer without a status")));
        }
        String detail = Outcomes.detail(
                name.orElse(group.get()),
                JsonTree.text(message, "/status/description").orElse(""));
        return name.map(REASONS::get)
                .or(() -> channelAlone(channel, group.get(), name))
                .<SendResult>map(reason -> new SendResult.Rejected(reason, detail))
                .orElseGet(() -> new SendResult.Fault(detail));
    }

    /** A messenger that cannot be delivered to, or a network without the capability, says nothing of the number's SMS. */
    private static Optional<Reason> channelAlone(Channel channel, String group, Optional<String> name) {
        boolean unreachable = group.equals("UNDELIVERABLE")
                || name.filter("REJECTED_NETWORK"::equals).isPresent();
        return channel != Channel.SMS && unreachable ? Optional.of(Reason.CHANNEL) : Optional.empty();
    }

    private static SendResult refused(HttpReply reply, JsonNode root) {
        JsonNode old = root.at("/requestError/serviceException");
        Optional<String> code = JsonTree.text(root, "/errorCode").or(() -> JsonTree.text(old, "/messageId"));
        Optional<String> words = JsonTree.text(root, "/description").or(() -> JsonTree.text(old, "/text"));
        String detail = Outcomes.detail(reply, code, words);
        return reply.status() == 400 && blamesRecipient(root, old)
                ? new SendResult.Rejected(Reason.NUMBER, detail)
                : Outcomes.byStatus(reply, detail);
    }

    private static boolean blamesRecipient(JsonNode root, JsonNode old) {
        for (JsonNode violation : root.path("violations")) {
            if (JsonTree.text(violation, "/property")
                    .filter(InfobipAnswers::isRecipient)
                    .isPresent()) {
                return true;
            }
        }
        return old.path("validationErrors").properties().stream().anyMatch(field -> isRecipient(field.getKey()));
    }

    private static boolean isRecipient(String property) {
        return RECIPIENT.matcher(property).matches();
    }
}
