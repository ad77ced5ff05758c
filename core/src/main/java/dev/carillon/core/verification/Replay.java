// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Duration;
import java.time.Instant;

/**
 * The answer that was given under an {@code Idempotency-Key}.
 *
 * @param fingerprint a hash of all the fields of the request
 * @param expiresAt until when the same key gives the same answer
 */
public record Replay(long fingerprint, CreateReply.Answered answer, Instant expiresAt) {
    public static final Duration MEMORY = Duration.ofHours(24);
}
