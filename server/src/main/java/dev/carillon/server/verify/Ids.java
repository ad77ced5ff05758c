// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.time.TimeOrderedId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** Makes fresh ids and codes. Thread-safe. */
public final class Ids {
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    public Ids(InstantSource clock) {
        this.clock = clock;
    }

    /** An id that nobody has and nobody can guess, ordered by time. */
    public UUID next() {
        byte[] bytes = new byte[2 * Long.BYTES];
        random.nextBytes(bytes); // at once: each call takes the generator's lock
        ByteBuffer fresh = ByteBuffer.wrap(bytes);
        return TimeOrderedId.of(clock.instant(), fresh.getLong(), fresh.getLong());
    }

    /** A number from 0 to {@code bound} (exclusive), each as likely as the others. */
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }
}
