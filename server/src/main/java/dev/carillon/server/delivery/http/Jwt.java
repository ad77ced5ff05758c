// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON Web Tokens (RFC 7519) as far as providers use them: HMAC to verify, RS256 to sign. */
public final class Jwt {
    /** How far a provider's clock may be from ours where {@code exp} and {@code nbf} are looked at. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final Map<String, Hmac> ALGORITHMS =
            Map.of("HS256", Hmac.SHA256, "HS384", Hmac.SHA384, "HS512", Hmac.SHA512);

    private Jwt() {}

    /**
     * The claims of a token; empty when it is malformed, signed by another key or by an algorithm that is not wanted, expired, or
     * not valid yet. What else it must claim is for the caller to look at.
     *
     * @param algorithms of {@code HS256}, {@code HS384} and {@code HS512}, those that are taken; the token has no say in it
     */
    public static Optional<JsonNode> verify(String token, Secret key, Set<String> algorithms, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        JsonNode header = part(parts[0]);
        String algorithm = header.path("alg").asText();
        Hmac hmac = algorithms.contains(algorithm) ? ALGORITHMS.get(algorithm) : null;
        // RFC 7515 §4.1.11: who does not understand an extension that is marked critical must refuse the token.
        if (hmac == null || header.has("crit")) {
            return Optional.empty();
        }
        byte[] expected = hmac.of(key, parts[0] + "." + parts[1]);
        if (!MessageDigest.isEqual(expected, decode(parts[2]))) {
            return Optional.empty();
        }
        JsonNode claims = part(parts[1]);
        return claims.isObject() && isInTime(claims, now) ? Optional.of(claims) : Optional.empty();
    }

    /** A token with these claims, signed with RSASSA-PKCS1-v1_5 and SHA-256. */
    public static String signRs256(ObjectNode claims, PrivateKey key) {
        String signed = encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encode(JsonTree.write(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an RSA key can sign", e);
        }
    }

    /**
     * Reads an RSA key in PEM, PKCS #8.
     *
     * @throws IllegalArgumentException saying what is wrong, to be read after the option's name; it shows nothing of the key
     */
    public static PrivateKey rsaKey(Secret pem) {
        String text = pem.value().strip();
        String begin = "-----BEGIN PRIVATE KEY-----";
        String end = "-----END PRIVATE KEY-----";
        if (!text.startsWith(begin) || !text.endsWith(end)) {
            throw new IllegalArgumentException("is not a private key in PEM, PKCS #8 (-----BEGIN PRIVATE KEY-----)");
        }
        // Environment variables are often given line breaks as backslash and n.
        String base64 =
                text.substring(begin.length(), text.length() - end.length()).replace("\\n", "");
        try {
            byte[] key = Base64.getMimeDecoder().decode(base64);
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            // Without the cause: what it says is of the key.
            throw new IllegalArgumentException("is not a private RSA key");
        }
    }

    private static boolean isInTime(JsonNode claims, Instant now) {
        JsonNode expires = claims.path("exp");
        JsonNode notBefore = claims.path("nbf");
        return (expires.isMissingNode() || expires.asLong() > now.minus(SKEW).getEpochSecond())
                && (notBefore.isMissingNode()
                        || notBefore.asLong() <= now.plus(SKEW).getEpochSecond());
    }

    private static JsonNode part(String base64) {
        return JsonTree.read(decode(base64));
    }

    /** What cannot be decoded is nothing: no JSON, and no signature. */
    private static byte[] decode(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
