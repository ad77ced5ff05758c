// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.server.delivery.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What providers sign with: keyed hashes, in base64 or hex, compared in constant time. */
public final class Signatures {

    /** A keyed hash (RFC 2104). */
    public enum Hmac {
        /** Only where a provider has nothing better. */
        MD5("HmacMD5"),
        SHA1("HmacSHA1"),
        SHA256("HmacSHA256"),
        SHA384("HmacSHA384"),
        SHA512("HmacSHA512");

        private final String algorithm;

        Hmac(String algorithm) {
            this.algorithm = algorithm;
        }

        /**
         * The hash of all parts as if they were one.
         *
         * @throws IllegalArgumentException when the key is empty
         */
        public byte[] of(byte[] key, byte[]... parts) {
            try {
                Mac mac = Mac.getInstance(algorithm);
                mac.init(new SecretKeySpec(key, algorithm));
                for (byte[] part : parts) {
                    mac.update(part);
                }
                return mac.doFinal();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(algorithm + " is part of the JDK", e);
            }
        }

        /** The hash of a text in UTF-8. */
        public byte[] of(Secret key, String text) {
            return of(key.value().getBytes(UTF_8), text.getBytes(UTF_8));
        }

        /** The hash of a body. */
        public byte[] of(Secret key, byte[] bytes) {
            return of(key.value().getBytes(UTF_8), bytes);
        }
    }

    private Signatures() {}

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** In lower case. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether a signature in base64, with or without padding, is this one; in constant time. */
    public static boolean isBase64(byte[] expected, String given) {
        return decode(given)
                .map(bytes -> MessageDigest.isEqual(expected, bytes))
                .orElse(false);
    }

    /** Whether a signature in hex, in any case, is this one; in constant time. */
    public static boolean isHex(byte[] expected, String given) {
        return isSame(hex(expected), given.toLowerCase(Locale.ROOT));
    }

    /** Whether two texts are the same; in time that tells only their length. */
    public static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
    }

    public static byte[] sha256(byte[] bytes) {
        return digest("SHA-256", bytes);
    }

    /** Only for providers that know nothing better. */
    public static byte[] md5(byte[] bytes) {
        return digest("MD5", bytes);
    }

    /** The value of {@code Authorization} for a user and a password (RFC 7617). */
    public static String basic(String user, Secret password) {
        return "Basic " + base64((user + ":" + password.value()).getBytes(UTF_8));
    }

    private static Optional<byte[]> decode(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(algorithm + " is part of the JDK", e);
        }
    }
}
