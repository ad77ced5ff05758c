// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.token;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenStore.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the store holds of one connection.
 *
 * @param kept empty until the first refresh
 * @param version counts the refreshes
 * @param seeds keyed hashes of the settings' refresh tokens that were used, the oldest first
 * @param holder who refreshes; empty: nobody
 * @param leasedUntil until when nobody else may; without a holder: until when nobody should, since it has just failed
 */
record TokenRow(Optional<Kept> kept, long version, List<UUID> seeds, String holder, Instant leasedUntil) {

    /** A connection that was never used. */
    static final TokenRow NONE = new TokenRow(Optional.empty(), 0, List.of(), "", Instant.EPOCH);

    TokenRow {
        seeds = List.copyOf(seeds);
    }

    /**
     * A pair of tokens.
     *
     * @param since when the provider gave it
     */
    record Kept(Tokens tokens, Instant since) {}

    boolean isLeased(Instant now) {
        return now.isBefore(leasedUntil);
    }

    /** What to trade in for the next pair: the token of the settings, if it is a new one, else that of the present pair. */
    Secret tradeIn(UUID seed, Secret initial) {
        return kept.filter(_ -> seeds.contains(seed))
                .map(pair -> pair.tokens().refresh())
                .orElse(initial);
    }
}
