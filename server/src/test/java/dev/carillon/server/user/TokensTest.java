// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import dev.carillon.server.secret.TestClock;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final UUID ENVIRONMENT = new UUID(1, 2);
    private static final Duration LIFETIME = Duration.ofHours(2);

    private static final List<SigningKey> RSA = Stream.generate(
                    () -> SigningKeys.generate(TokenAlgorithm.RS256, Instant.EPOCH))
            .limit(3)
            .toList();
    private static int used;

    private final TestClock clock = new TestClock();
    private final Tokens tokens = new Tokens("verify.example.com", clock);
    private final VerifiedNumber number = new VerifiedNumber(new UUID(7, 7), "+14155550100", "US", clock.instant());
    private final User user = new User(new UUID(9, 9), ENVIRONMENT, List.of(number), clock.instant(), clock.instant());

    /** A fresh one; RSA keys take long to find. */
    private static SigningKey key(TokenAlgorithm algorithm) {
        return algorithm == TokenAlgorithm.RS256
                ? RSA.get(++used % RSA.size())
                : SigningKeys.generate(algorithm, Instant.EPOCH);
    }

    private static Environment environment(UUID id, SigningKey... keys) {
        return new Environment(id, "app", Set.of(), Optional.empty(), LIFETIME, Optional.empty(), true, List.of(keys));
    }

    private Tokens.Issued issue(Environment environment) {
        return tokens.issue(
                environment,
                new Tokens.Session(
                        user,
                        new UUID(8, 8),
                        true,
                        List.of(Map.of("id", number.id().toString())),
                        Optional.of("02ab"),
                        Optional.of("https://app.example.com")));
    }

    @ParameterizedTest
    @EnumSource
    void bothTokensSayWhoSignedIn(TokenAlgorithm algorithm) throws ParseException {
        Environment environment = environment(ENVIRONMENT, key(algorithm));
        Tokens.Issued issued = issue(environment);
        assertThat(issued.expiresAt()).isEqualTo(clock.instant().plus(LIFETIME));
        JWSObject minified = JWSObject.parse(issued.minified());
        assertThat(minified.getHeader().toJSONObject())
                .isEqualTo(Map.of(
                        "typ",
                        "JWT",
                        "alg",
                        algorithm.text(),
                        "kid",
                        environment.keys().getFirst().id()));
        Map<String, Object> claims = minified.getPayload().toJSONObject();
        long now = clock.instant().getEpochSecond();
        assertThat(claims)
                .containsOnlyKeys(
                        "kid",
                        "iss",
                        "aud",
                        "sub",
                        "sid",
                        "iat",
                        "exp",
                        "environment_id",
                        "scope",
                        "missing_fields",
                        "last_verified_credential_id",
                        "session_public_key")
                .containsEntry("kid", environment.keys().getFirst().id())
                .containsEntry("iss", "verify.example.com/" + ENVIRONMENT)
                .containsEntry("aud", "https://app.example.com")
                .containsEntry("sub", user.id().toString())
                .containsEntry("iat", now)
                .containsEntry("exp", now + LIFETIME.toSeconds())
                .containsEntry("environment_id", ENVIRONMENT.toString())
                .containsEntry("last_verified_credential_id", number.id().toString())
                .containsEntry("session_public_key", "02ab");
        assertThat(JWSObject.parse(issued.full()).getPayload().toJSONObject())
                .containsAllEntriesOf(claims)
                .containsEntry("phone_number", number.e164())
                .containsEntry("new_user", true)
                .containsKey("verified_credentials");
        for (String token : List.of(issued.full(), issued.minified())) {
            assertThat(tokens.user(environment, token)).contains(user.id());
            assertThat(tokens.user(
                            environment(new UUID(3, 4), environment.keys().getFirst()), token))
                    .isEmpty();
            assertThat(tokens.user(environment(ENVIRONMENT, key(algorithm)), token))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenEnds(TokenAlgorithm algorithm) {
        Environment environment = environment(ENVIRONMENT, key(algorithm));
        String token = issue(environment).full();
        clock.advance(LIFETIME.minusSeconds(1));
        assertThat(tokens.user(environment, token)).contains(user.id());
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.user(environment, token)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatWasChangedIsNone(TokenAlgorithm algorithm) {
        Environment environment = environment(ENVIRONMENT, key(algorithm));
        String token = issue(environment).minified();
        int dot = token.lastIndexOf('.');
        assertThat(tokens.user(environment, token.substring(0, dot + 1))).isEmpty();
        assertThat(tokens.user(environment, token.substring(0, dot))).isEmpty();
        assertThat(tokens.user(environment, token + ".")).isEmpty();
        for (int i = 0; i < token.length(); i += 7) {
            // Of the last character of a part, the lowest bits mean nothing: that is not a change.
            char other = token.charAt(i) == 'A' ? 'Q' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.user(environment, changed)).as("at " + i).isEmpty();
        }
    }

    /** RFC 8725 §2.1: a header that names another algorithm than the key's. */
    @Test
    void theHeaderHasNoSayInTheAlgorithm() throws JOSEException, ParseException {
        SigningKey rsa = key(TokenAlgorithm.RS256);
        SigningKey ed = key(TokenAlgorithm.EDDSA);
        Environment environment = environment(ENVIRONMENT, rsa, ed);
        Payload claims = JWSObject.parse(issue(environment).full()).getPayload();
        byte[] published = RSAKey.parse(rsa.jwk()).toRSAPublicKey().getEncoded();
        for (SigningKey named : List.of(rsa, ed)) {
            JWSObject symmetric = new JWSObject(header(JWSAlgorithm.HS256, named), claims);
            symmetric.sign(new MACSigner(published));
            assertThat(tokens.user(environment, symmetric.serialize())).isEmpty();
            String none =
                    base64("{\"alg\":\"none\",\"kid\":\"" + named.id() + "\"}") + "." + claims.toBase64URL() + ".";
            assertThat(tokens.user(environment, none)).isEmpty();
        }
        JWSObject mixed = new JWSObject(header(JWSAlgorithm.RS256, ed), claims);
        mixed.sign(SigningKeys.signer(rsa));
        assertThat(tokens.user(environment, mixed.serialize())).isEmpty();
        JWSObject pss = new JWSObject(header(JWSAlgorithm.PS256, rsa), claims);
        pss.sign(SigningKeys.signer(rsa));
        assertThat(tokens.user(environment, pss.serialize())).isEmpty();
        // A key of the attacker's in the header is not looked at.
        SigningKey own = key(TokenAlgorithm.RS256);
        JWSObject brought = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(rsa.id())
                        .jwk(RSAKey.parse(own.jwk()).toPublicJWK())
                        .build(),
                claims);
        brought.sign(SigningKeys.signer(own));
        assertThat(tokens.user(environment, brought.serialize())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"exp\":\"4102444800\"}",
                "{\"exp\":4102444800}",
                "{\"exp\":4102444800,\"environment_id\":\"00000000-0000-0001-0000-000000000002\"}",
                "{\"exp\":4102444800,\"environment_id\":\"00000000-0000-0001-0000-000000000002\",\"sub\":\"me\"}",
                "[]",
                "x"
            })
    void claimsThatSayTooLittleAreNone(String claims) throws JOSEException {
        SigningKey key = key(TokenAlgorithm.EDDSA);
        JWSObject object = new JWSObject(header(JWSAlgorithm.EdDSA, key), new Payload(claims));
        object.sign(SigningKeys.signer(key));
        assertThat(tokens.user(environment(ENVIRONMENT, key), object.serialize()))
                .isEmpty();
    }

    /** A new key is known before it signs, and the old one until the last of its tokens has ended. */
    @Test
    void keysOverlap() throws ParseException {
        SigningKey old = key(TokenAlgorithm.RS256);
        SigningKey next =
                SigningKeys.generate(TokenAlgorithm.EDDSA, clock.instant().plus(Environment.PUBLISHED_AHEAD));
        Environment environment = environment(ENVIRONMENT, old).with(next, clock.instant());
        assertThat(published(environment)).containsExactly(old.id(), next.id());
        assertThat(signer(issue(environment))).isEqualTo(old.id());
        clock.advance(Environment.PUBLISHED_AHEAD.minusSeconds(1));
        String last = issue(environment).full();
        clock.advance(Duration.ofSeconds(1));
        assertThat(signer(issue(environment))).isEqualTo(next.id());
        assertThat(tokens.user(environment, last)).contains(user.id());
        // The lifetime may have been the longest when the old key signed.
        clock.advance(Environment.MAX_LIFETIME.minusSeconds(1));
        assertThat(published(environment)).containsExactly(old.id(), next.id());
        clock.advance(Duration.ofSeconds(1));
        assertThat(published(environment)).containsExactly(next.id());
        SigningKey third = key(TokenAlgorithm.EDDSA);
        assertThat(environment.with(third, clock.instant()).keys()).containsExactly(next, third);
    }

    @Test
    void aKeyThatWasStolenIsWorthlessAtOnce() {
        Environment environment = environment(ENVIRONMENT, key(TokenAlgorithm.EDDSA));
        String token = issue(environment).full();
        assertThat(tokens.user(environment.withKeys(List.of(key(TokenAlgorithm.EDDSA))), token))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void onlyPublicHalvesArePublished(TokenAlgorithm algorithm) throws ParseException {
        SigningKey key = key(algorithm);
        JWKSet set = JWKSet.parse(new String(SigningKeys.published(List.of(key)), StandardCharsets.UTF_8));
        Map<String, Object> half = set.getKeys().getFirst().toJSONObject();
        String[] own = algorithm == TokenAlgorithm.RS256 ? new String[] {"n", "e"} : new String[] {"crv", "x"};
        assertThat(half).containsKeys(own).hasSize(6);
        assertThat(half).containsKeys("kty", "kid").containsEntry("use", "sig").containsEntry("alg", algorithm.text());
        assertThat(key.toString()).isEqualTo("SigningKey[" + key.id() + "]");
    }

    private List<String> published(Environment environment) throws ParseException {
        byte[] set = SigningKeys.published(environment.liveKeys(clock.instant()));
        return JWKSet.parse(new String(set, StandardCharsets.UTF_8)).getKeys().stream()
                .map(key -> key.getKeyID())
                .toList();
    }

    private static String signer(Tokens.Issued issued) throws ParseException {
        return JWSObject.parse(issued.full()).getHeader().getKeyID();
    }

    private static JWSHeader header(JWSAlgorithm algorithm, SigningKey key) {
        return new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(key.id())
                .build();
    }

    private static String base64(String text) {
        return com.nimbusds.jose.util.Base64URL.encode(text).toString();
    }
}
