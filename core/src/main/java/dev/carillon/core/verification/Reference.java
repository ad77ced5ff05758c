// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What is stored under the id that a provider gave a message. A receipt under that id may come before the answer to the submit is
 * stored, on another node, or never.
 */
public sealed interface Reference {
    /** How long receipts find their message: longer than any carrier keeps trying. */
    Duration MEMORY = Duration.ofDays(4);

    /** How long a receipt waits for its message to be known. */
    Duration PATIENCE = Duration.ofSeconds(60);

    /** From when on it means nothing. */
    Instant expiresAt();

    /** The message that the id is of. */
    record Known(UUID verification, int attempt, Instant expiresAt) implements Reference {}

    /** Receipts that came before the message was known, in the order in which they came. */
    record Held(List<News> news, Instant expiresAt) implements Reference {
        public Held {
            news = List.copyOf(news);
        }
    }
}
