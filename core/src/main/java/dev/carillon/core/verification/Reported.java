// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.Optional;

/**
 * The answer to news of a message.
 *
 * @param isNews whether anything has changed
 * @param verification as it is now; empty when the message is not known, or not known yet
 * @param attempt the message's number in it; 0 when it is not known
 */
public record Reported(boolean isNews, Optional<Verification> verification, int attempt) {
    static final Reported NOTHING = new Reported(false, Optional.empty(), 0);
}
