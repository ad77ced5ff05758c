// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tokens that say who is signed in to an environment. Thread-safe. */
public final class Tokens {
    private static final int MAX_LENGTH = 8 * 1024;
    private static final String ENVIRONMENT = "environment_id";

    private final String issuer;
    private final InstantSource clock;

    /** @param issuer what comes before the environment's id in {@code iss}, such as {@code verify.example.com} */
    public Tokens(String issuer, InstantSource clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Who signs in.
     *
     * @param credentials the claim {@code verified_credentials}
     * @param sessionKey the public key that the client bound the session to
     * @param audience the origin of the page, if it is one
     */
    public record Session(
            User user,
            UUID id,
            boolean isNew,
            List<Map<String, Object>> credentials,
            Optional<String> sessionKey,
            Optional<String> audience) {}

    /**
     * Signed tokens.
     *
     * @param full with everything that is known of the user
     * @param minified with what is needed to know them again: short enough for every request
     */
    public record Issued(String full, String minified, Instant expiresAt) {
        /** Whoever has them is the user. */
        @Override
        public String toString() {
            return "Issued[" + expiresAt + "]";
        }
    }

    /** Signs tokens for a session that begins now. */
    public Issued issue(Environment environment, Session session) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant until = now.plus(environment.tokenLifetime());
        SigningKey key = environment.signingKey(clock.instant());
        User user = session.user();
        String from = issuer + "/" + environment.id();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("kid", key.id());
        claims.put("iss", from);
        claims.put("aud", session.audience().orElse(from));
        claims.put("sub", user.id().toString());
        claims.put("sid", session.id().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", until.getEpochSecond());
        claims.put(ENVIRONMENT, environment.id().toString());
        claims.put("scope", "user:basic");
        claims.put("missing_fields", List.of());
        user.latest()
                .ifPresent(latest ->
                        claims.put("last_verified_credential_id", latest.id().toString()));
        session.sessionKey().ifPresent(given -> claims.put("session_public_key", given));
        String minified = SignedTokens.sign(key, claims);
        claims.put("verified_credentials", session.credentials());
        claims.put("new_user", session.isNew());
        user.latest().ifPresent(latest -> claims.put("phone_number", latest.e164()));
        return new Issued(SignedTokens.sign(key, claims), minified, until);
    }

    /** Whom a token speaks of; empty when it is malformed, of another environment or key, changed or expired. */
    public Optional<UUID> user(Environment environment, String token) {
        Instant now = clock.instant();
        return Optional.of(token)
                .filter(text -> text.length() <= MAX_LENGTH)
                .flatMap(text -> SignedTokens.verify(environment.liveKeys(now), text))
                .filter(claims -> claims.get("exp") instanceof Number until && now.getEpochSecond() < until.longValue())
                .filter(claims -> environment.id().toString().equals(claims.get(ENVIRONMENT)))
                .flatMap(claims -> id(claims.get("sub")));
    }

    private static Optional<UUID> id(@Nullable Object claim) {
        try {
            return Optional.of(UUID.fromString(String.valueOf(claim)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
