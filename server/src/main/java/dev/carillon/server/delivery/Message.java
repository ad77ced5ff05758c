// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.verification.Channel;
import dev.carillon.core.verification.Code;
import java.time.Instant;
import java.util.UUID;

/**
 * A message ready to be sent. It has a code and a number in it: never log it.
 *
 * @param verification the verification that it is for
 * @param attempt the attempt's number
 * @param attemptId the attempt's id, which a provider may be given as our reference
 * @param to E.164
 * @param text the whole text, with the code
 * @param expiresAt from when it is of no use
 */
public record Message(
        UUID verification,
        int attempt,
        UUID attemptId,
        String to,
        Channel channel,
        String senderId,
        String text,
        Code code,
        Instant expiresAt) {
    @Override
    public String toString() {
        return "Message[" + attemptId + "]";
    }
}
