// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes and reads the keys of environments: RSA of 2048 bits for RS256, which every JOSE library checks. */
public final class SigningKeys {
    private static final int BITS = 2048;

    private SigningKeys() {}

    /** A fresh key, which signs from this time on. */
    public static SigningKey generate(Instant activeFrom) {
        String id = UUID.randomUUID().toString();
        try {
            RSAKey key = new RSAKeyGenerator(BITS)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
            return new SigningKey(id, key.toJSONString(), activeFrom);
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }

    /** The public halves of an environment's keys as a JWK Set (RFC 7517 §5), in UTF-8. */
    public static byte[] published(Environment environment) {
        List<JWK> keys = new ArrayList<>();
        environment.keys().forEach(key -> keys.add(read(key).toPublicJWK()));
        return new JWKSet(keys).toString(true).getBytes(StandardCharsets.UTF_8);
    }

    static RSAKey read(SigningKey key) {
        try {
            return RSAKey.parse(key.jwk());
        } catch (ParseException e) {
            // Without the cause: it may quote the key.
            throw new IllegalStateException("the signing key " + key.id() + " cannot be read");
        }
    }
}
