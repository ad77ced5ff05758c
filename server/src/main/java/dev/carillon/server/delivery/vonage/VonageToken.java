// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Jwt;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The token that authorizes requests. One is used for many: to sign one takes longer than all the rest of a request. */
final class VonageToken {
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final Duration USE = Duration.ofMinutes(10);

    private final String application;
    private final PrivateKey key;
    private final InstantSource clock;
    private volatile @Nullable Signed signed;

    /** @param at when it was signed */
    private record Signed(String token, Instant at) {}

    VonageToken(String application, PrivateKey key, InstantSource clock) {
        this.application = application;
        this.key = key;
        this.clock = clock;
    }

    /** A token that is good for some minutes more. Two threads may each make one. */
    String value() {
        Instant now = clock.instant();
        Signed last = signed;
        if (last == null || Duration.between(last.at(), now).abs().compareTo(USE) > 0) {
            last = new Signed(Jwt.signRs256(claims(now), key), now);
            signed = last;
        }
        return last.token();
    }

    private ObjectNode claims(Instant now) {
        return JsonTree.object()
                .put("application_id", application)
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(LIFE).getEpochSecond())
                .put("jti", UUID.randomUUID().toString());
    }
}
