// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.server.secret.Keyring;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What an account's requests are signed with. Made from the store's keys and a number, so that an account has one from its
 * beginning and none is stored; the next number makes the next secret. Two are live at a time. Not for several threads.
 */
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final int LIVE = 2;

    private final byte[] key;
    /** Made when it is needed first: to find an implementation takes longer than to sign. */
    private @Nullable Mac mac;

    SigningSecret(byte[] key) {
        this.key = key.clone();
    }

    /**
     * The live secrets of an account, the newest first.
     *
     * @param newest the number of the newest, from 1
     */
    public static List<SigningSecret> live(Keyring keyring, UUID account, int newest) {
        return IntStream.iterate(newest, number -> number >= 1 && number > newest - LIVE, number -> number - 1)
                .mapToObj(number -> of(keyring, account, number))
                .toList();
    }

    /** Two keyed hashes of 128 bits each. */
    private static SigningSecret of(Keyring keyring, UUID account, int number) {
        byte[] subject = (account + "/" + number).getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = ByteBuffer.allocate(32);
        for (String half : List.of("webhook-secret/1", "webhook-secret/2")) {
            UUID hash = keyring.lookup(half, subject);
            key.putLong(hash.getMostSignificantBits()).putLong(hash.getLeastSignificantBits());
        }
        return new SigningSecret(key.array());
    }

    /** As the customer is given it: {@code whsec_} and base64, the form of Standard Webhooks. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** HMAC-SHA256 over the parts one after the other. For one thread at a time. */
    byte[] hmac(byte[]... parts) {
        Mac signer = mac;
        if (signer == null) {
            signer = newMac();
            mac = signer;
        }
        for (byte[] part : parts) {
            signer.update(part);
        }
        return signer.doFinal();
    }

    private Mac newMac() {
        try {
            Mac fresh = Mac.getInstance("HmacSHA256");
            fresh.init(new SecretKeySpec(key, "HmacSHA256"));
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of the JDK", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SigningSecret[…]";
    }
}
