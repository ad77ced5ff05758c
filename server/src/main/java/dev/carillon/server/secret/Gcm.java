// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM with a 96-bit nonce and a 128-bit tag. One key must never meet one nonce with two different plaintexts; the
 * callers see to that.
 */
final class Gcm {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    private static final Pool<Cipher> CIPHERS = new Pool<>(Gcm::newCipher);

    private Gcm() {}

    static SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, "AES");
    }

    /**
     * Appends ciphertext and tag to a prefix.
     *
     * @param nonce where the nonce is found, at {@code nonceAt}
     * @param prefix the first bytes of the result
     * @param covered how many bytes of the prefix the tag covers
     * @param context what the tag covers too, but the result does not hold
     */
    static byte[] seal(
            SecretKey key, byte[] nonce, int nonceAt, byte[] prefix, int covered, byte[] context, byte[] plaintext) {
        byte[] blob = new byte[prefix.length + plaintext.length + TAG_BYTES];
        System.arraycopy(prefix, 0, blob, 0, prefix.length);
        Cipher cipher = CIPHERS.take();
        try {
            GCMParameterSpec parameters = new GCMParameterSpec(TAG_BYTES * 8, nonce, nonceAt, NONCE_BYTES);
            try {
                cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
            } catch (InvalidAlgorithmParameterException repeated) {
                // The cipher remembers its last key and nonce and refuses both together. Here it is the same seal done
                // again (a replayed batch), with the same result; a new cipher remembers nothing.
                cipher = newCipher();
                cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
            }
            cipher.updateAAD(prefix, 0, covered);
            cipher.updateAAD(context);
            cipher.doFinal(plaintext, 0, plaintext.length, blob, prefix.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed to encrypt", e);
        }
        CIPHERS.give(cipher);
        return blob;
    }

    /**
     * The plaintext of what {@link #seal} made.
     *
     * @throws UnreadableException when anything differs: key, nonce, context, or any bit that the tag covers
     */
    static byte[] open(
            SecretKey key, byte[] nonce, int nonceAt, int prefixLength, int covered, byte[] context, byte[] blob) {
        Cipher cipher = CIPHERS.take();
        byte[] plaintext;
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BYTES * 8, nonce, nonceAt, NONCE_BYTES));
            cipher.updateAAD(blob, 0, covered);
            cipher.updateAAD(context);
            plaintext = cipher.doFinal(blob, prefixLength, blob.length - prefixLength);
        } catch (AEADBadTagException e) {
            throw new UnreadableException("the sealed data was changed or belongs elsewhere");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed to decrypt", e);
        }
        CIPHERS.give(cipher);
        return plaintext;
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is part of the JDK", e);
        }
    }
}
