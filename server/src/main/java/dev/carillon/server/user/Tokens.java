// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Signs and reads the tokens (RFC 7519, RS256) that say who is signed in to an environment. Thread-safe. */
public final class Tokens {
    private static final int MAX_LENGTH = 8 * 1024;
    /** What every token of ours has, so that a token cannot be taken for one of another environment or use. */
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
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .claim("kid", key.id())
                .issuer(from)
                .audience(session.audience().orElse(from))
                .subject(user.id().toString())
                .claim("sid", session.id().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(until))
                .claim(ENVIRONMENT, environment.id().toString())
                .claim("scope", "user:basic")
                .claim("missing_fields", List.of());
        user.latest()
                .ifPresent(latest ->
                        claims.claim("last_verified_credential_id", latest.id().toString()));
        session.sessionKey().ifPresent(given -> claims.claim("session_public_key", given));
        RSAKey pair = SigningKeys.read(key);
        String minified = sign(pair, claims.build());
        claims.claim("verified_credentials", session.credentials()).claim("new_user", session.isNew());
        user.latest().ifPresent(latest -> claims.claim("phone_number", latest.e164()));
        return new Issued(sign(pair, claims.build()), minified, until);
    }

    /** Whom a token speaks of; empty when it is malformed, of another environment or key, changed or expired. */
    public Optional<UUID> user(Environment environment, String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            Optional<SigningKey> key = environment.keys().stream()
                    .filter(candidate -> candidate.id().equals(jwt.getHeader().getKeyID()))
                    .findFirst();
            // The header has no say in the algorithm: the verifier takes RSA only, and this of RSA only RS256.
            boolean genuine = key.isPresent()
                    && jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)
                    && jwt.verify(new RSASSAVerifier(SigningKeys.read(key.get()).toRSAPublicKey()));
            return genuine ? subject(environment, jwt.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<UUID> subject(Environment environment, JWTClaimsSet claims) throws ParseException {
        Date until = claims.getExpirationTime();
        boolean valid = until != null
                && clock.instant().isBefore(until.toInstant())
                && environment.id().toString().equals(claims.getStringClaim(ENVIRONMENT));
        return valid ? Optional.of(UUID.fromString(claims.getSubject())) : Optional.empty();
    }

    private static String sign(RSAKey pair, JWTClaimsSet claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(pair.getKeyID())
                .build();
        SignedJWT jwt = new SignedJWT(header, claims);
        try {
            jwt.sign(new RSASSASigner(pair));
        } catch (JOSEException e) {
            throw new IllegalStateException("an RSA key can sign", e);
        }
        return jwt.serialize();
    }
}
