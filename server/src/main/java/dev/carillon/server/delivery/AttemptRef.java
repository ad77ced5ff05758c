// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Names one attempt to a provider, which gives it back in its receipts.
 *
 * @param verification the verification's id
 * @param attempt the attempt's number, 1 to 127
 */
public record AttemptRef(UUID verification, int attempt) {
    private static final int BYTES = 17;

    /** 23 letters, digits, {@code -} and {@code _}: short enough for every provider's reference field. */
    public String encoded() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(verification.getMostSignificantBits())
                .putLong(verification.getLeastSignificantBits())
                .put((byte) attempt)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads what {@link #encoded} wrote; empty for anything else. */
    public static Optional<AttemptRef> parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES) {
                return Optional.empty();
            }
            AttemptRef ref = new AttemptRef(new UUID(bytes.getLong(), bytes.getLong()), bytes.get());
            return ref.attempt > 0 && ref.encoded().equals(text) ? Optional.of(ref) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
