// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import dev.carillon.server.directory.SigningKey;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Claims in signed JSON Web Tokens (RFC 7519, RFC 7515). Nimbus stays behind this class and {@link SigningKeys}, so that a server
 * loads it with the first sign-in and not when it starts.
 */
final class SignedTokens {
    private SignedTokens() {}

    static String sign(SigningKey key, Map<String, Object> claims) {
        JWSHeader header = new JWSHeader.Builder(SigningKeys.algorithm(key))
                .type(JOSEObjectType.JWT)
                .keyID(key.id())
                .build();
        JWSObject token = new JWSObject(header, new Payload(claims));
        try {
            token.sign(SigningKeys.signer(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("the signing key " + key.id() + " cannot sign", e);
        }
        return token.serialize();
    }

    /** The claims of a token that one of these keys has signed; what they say is still to be looked at. */
    static Optional<Map<String, Object>> verify(List<SigningKey> keys, String text) {
        try {
            JWSObject token = JWSObject.parse(text);
            String id = token.getHeader().getKeyID();
            Optional<SigningKey> key =
                    keys.stream().filter(candidate -> candidate.id().equals(id)).findFirst();
            // The header has no say in the algorithm: each key has one.
            boolean genuine = key.isPresent()
                    && token.getHeader().getAlgorithm().equals(SigningKeys.algorithm(key.get()))
                    && token.verify(SigningKeys.verifier(key.get()));
            return genuine ? Optional.ofNullable(token.getPayload().toJSONObject()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
