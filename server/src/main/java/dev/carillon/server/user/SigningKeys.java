// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes and reads the keys of environments. Thread-safe. */
public final class SigningKeys {
    private static final int RSA_BITS = 2048;

    private SigningKeys() {}

    /** A fresh key, which signs from this time on. */
    public static SigningKey generate(TokenAlgorithm algorithm, Instant activeFrom) {
        String id = UUID.randomUUID().toString();
        JWK key =
                switch (algorithm) {
                    case RS256 -> rsa(id);
                    case EDDSA -> Ed25519.generate(id);
                };
        return new SigningKey(id, algorithm, key.toJSONString(), activeFrom);
    }

    /** The public halves of keys as a JWK Set (RFC 7517 §5), in UTF-8. */
    public static byte[] published(List<SigningKey> keys) {
        List<JWK> halves = new ArrayList<>();
        keys.forEach(key -> halves.add(read(key).toPublicJWK()));
        return new JWKSet(halves).toString(true).getBytes(StandardCharsets.UTF_8);
    }

    static JWSAlgorithm algorithm(SigningKey key) {
        return switch (key.algorithm()) {
            case RS256 -> JWSAlgorithm.RS256;
            case EDDSA -> JWSAlgorithm.EdDSA;
        };
    }

    static JWSSigner signer(SigningKey key) throws JOSEException {
        return switch (key.algorithm()) {
            case RS256 -> new RSASSASigner(read(key).toRSAKey());
            case EDDSA -> new Ed25519(read(key).toOctetKeyPair());
        };
    }

    static JWSVerifier verifier(SigningKey key) throws JOSEException {
        return switch (key.algorithm()) {
            case RS256 -> new RSASSAVerifier(read(key).toRSAKey());
            case EDDSA -> new Ed25519(read(key).toOctetKeyPair());
        };
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(RSA_BITS)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    private static JWK read(SigningKey key) {
        try {
            JWK read = JWK.parse(key.jwk());
            boolean fits =
                    switch (key.algorithm()) {
                        case RS256 -> read instanceof RSAKey;
                        case EDDSA -> read instanceof OctetKeyPair;
                    };
            if (fits) {
                return read;
            }
        } catch (ParseException e) {
            // Not as the cause: it may quote the key.
        }
        throw new IllegalStateException("the signing key " + key.id() + " cannot be read");
    }
}
