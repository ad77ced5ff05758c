// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.core.verification.Notice;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.verify.Subject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** How a wire contract words what happened. Never with a code in it. */
@FunctionalInterface
public interface EventForm {
    /**
     * The body of a request.
     *
     * @param id the event's id, the same whenever it is told
     * @return JSON in UTF-8
     */
    byte[] body(UUID id, Verification verification, Subject subject, Notice notice);

    /** The id of a verification's notice: made of its number, so that it is the same for all audiences, on every node and at every try. */
    static UUID id(UUID verification, int number) {
        return UUID.nameUUIDFromBytes((verification + "/" + number).getBytes(StandardCharsets.US_ASCII));
    }
}
