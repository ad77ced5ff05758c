// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What {@link WindowRules} expects of receipts that come under a provider's id: held for a minute, found for four days. */
final class SeenReferences {
    private static final class Seen {
        boolean known;
        final List<DeliveryStatus> held = new ArrayList<>();
        Instant expiresAt = Instant.MIN;
    }

    private final Map<UUID, Seen> all = new HashMap<>();

    /** The key of a message's id at its provider. */
    static UUID key(UUID verification, int attempt) {
        return new UUID(0x5000L + attempt, verification.getLeastSignificantBits());
    }

    /** The message is known from now on; returns the receipts that came before. */
    List<DeliveryStatus> known(UUID key, Instant now) {
        List<DeliveryStatus> held =
                live(key, now).map(seen -> List.copyOf(seen.held)).orElse(List.of());
        Seen seen = new Seen();
        seen.known = true;
        seen.expiresAt = now.plus(Duration.ofDays(4));
        all.put(key, seen);
        return held;
    }

    /** A receipt came; returns whether it finds its message. */
    boolean finds(UUID key, DeliveryStatus status, Instant now) {
        Seen seen = live(key, now).orElseGet(() -> {
            Seen fresh = new Seen();
            fresh.expiresAt = now.plusSeconds(60);
            all.put(key, fresh);
            return fresh;
        });
        if (!seen.known && !seen.held.contains(status)) {
            seen.held.add(status);
        }
        return seen.known;
    }

    private Optional<Seen> live(UUID key, Instant now) {
        return Optional.ofNullable(all.get(key)).filter(seen -> now.isBefore(seen.expiresAt));
    }
}
