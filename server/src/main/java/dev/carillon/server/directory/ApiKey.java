// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What an application shows to prove which account it is: {@code ck_} and 256 random bits as 43 characters of base64url. Shown
 * once, when it is made; the store has its SHA-256 only. A slow hash would add nothing: there is no guessing 256 bits.
 *
 * @param text the key itself; never to be logged or stored
 */
public record ApiKey(String text) {
    private static final String PREFIX = "ck_";
    private static final int LENGTH = PREFIX.length() + 43;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final MessageDigest SHA256 = newSha256();

    /** The SHA-256 of a key; a record of numbers, so that it can be looked up. */
    record Hash(long a, long b, long c, long d) {
        static Hash of(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new Hash(buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        }
    }

    static ApiKey random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new ApiKey(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether it can be a key at all; saves the hash of arbitrarily long headers. */
    boolean isPlausible() {
        return text.length() == LENGTH && text.startsWith(PREFIX);
    }

    byte[] sha256() {
        try {
            // A copy costs less than to look for an implementation.
            return ((MessageDigest) SHA256.clone()).digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be cloned", e);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of the JDK", e);
        }
    }

    Hash hash() {
        return Hash.of(sha256());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ApiKey[not shown]";
    }
}
