// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.message.Channel;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.verification.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A message ready to be sent. It has a code and a number in it: never log it.
 *
 * @param ref what a provider may be given as our reference
 * @param attemptId the attempt's id, for logs and for providers that want a UUID
 * @param to E.164, with {@code +}
 * @param regionCode ISO 3166-1 alpha-2 of the number's country; empty for numbers of no country
 * @param channel what it goes by
 * @param senderId who it says it is from
 * @param text the whole text, with the code
 * @param code the code, for channels whose template takes only that
 * @param locale BCP 47, the language of the text
 * @param templateIds under which names providers know its text, by the names of {@link TemplateIds}
 * @param expiresAt from when it is of no use
 */
public record Message(
        AttemptRef ref,
        UUID attemptId,
        String to,
        String regionCode,
        Channel channel,
        String senderId,
        String text,
        Code code,
        String locale,
        Map<String, String> templateIds,
        Instant expiresAt) {

    public Message {
        templateIds = Map.copyOf(templateIds);
    }

    /** The number without {@code +}, as most providers want it. */
    public String digits() {
        return to.substring(1);
    }

    /** How long it is of use from {@code now} on, at least a second. */
    public Duration timeToLive(Instant now) {
        Duration left = Duration.between(now, expiresAt);
        return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
    }

    @Override
    public String toString() {
        return "Message[" + attemptId + "]";
    }
}
