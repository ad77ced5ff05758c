// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * XAES-256-GCM (c2sp.org/XAES-256-GCM): AES-256-GCM under a key of its own for each message, derived from the first half of a
 * random 192-bit nonce. Plain GCM with random 96-bit nonces may seal 2^32 messages under one key (NIST SP 800-38D §8.3), which
 * a busy node does in days; this one has no limit worth counting.
 */
final class XaesKey {
    static final int NONCE_BYTES = 24;
    private static final int BLOCK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Pool<Cipher> blockCiphers;
    /** The two input blocks of the derivation, already combined with the CMAC subkey; the nonce is yet to be. */
    private final byte[] template;

    /** @param key 32 random bytes */
    XaesKey(byte[] key) {
        SecretKey aes = Gcm.key(key.clone());
        blockCiphers = new Pool<>(() -> newBlockCipher(aes));
        byte[] subkey = encrypt(new byte[BLOCK]);
        int carry = (subkey[0] & 0x80) == 0 ? 0 : 0x87;
        for (int i = 0; i < BLOCK; i++) {
            int next = i + 1 < BLOCK ? (subkey[i + 1] & 0x80) >> 7 : 0;
            subkey[i] = (byte) ((subkey[i] << 1) | next);
        }
        subkey[BLOCK - 1] ^= (byte) carry;
        template = new byte[2 * BLOCK];
        for (int block = 0; block < 2; block++) {
            System.arraycopy(subkey, 0, template, block * BLOCK, BLOCK);
            template[block * BLOCK + 1] ^= (byte) (block + 1);
            template[block * BLOCK + 2] ^= (byte) 'X';
        }
    }

    /** Header, nonce, ciphertext and tag; the additional data of the standard is the header and then the context. */
    byte[] seal(byte[] header, byte[] context, byte[] plaintext) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return seal(header, nonce, context, plaintext);
    }

    byte[] seal(byte[] header, byte[] nonce, byte[] context, byte[] plaintext) {
        byte[] start = Arrays.copyOf(header, header.length + NONCE_BYTES);
        System.arraycopy(nonce, 0, start, header.length, NONCE_BYTES);
        return Gcm.seal(
                messageKey(start, header.length),
                start,
                header.length + Gcm.NONCE_BYTES,
                start,
                header.length,
                context,
                plaintext);
    }

    /** @throws UnreadableException when {@link #seal} did not make this with that context */
    byte[] open(int headerLength, byte[] context, byte[] blob) {
        if (blob.length < headerLength + NONCE_BYTES + Gcm.TAG_BYTES) {
            throw new UnreadableException("the sealed data is too short");
        }
        return Gcm.open(
                messageKey(blob, headerLength),
                blob,
                headerLength + Gcm.NONCE_BYTES,
                headerLength + NONCE_BYTES,
                headerLength,
                context,
                blob);
    }

    private SecretKey messageKey(byte[] nonce, int nonceAt) {
        byte[] blocks = template.clone();
        for (int i = 0; i < Gcm.NONCE_BYTES; i++) {
            blocks[4 + i] ^= nonce[nonceAt + i];
            blocks[BLOCK + 4 + i] ^= nonce[nonceAt + i];
        }
        return Gcm.key(encrypt(blocks));
    }

    private byte[] encrypt(byte[] blocks) {
        Cipher cipher = blockCiphers.take();
        try {
            byte[] result = cipher.doFinal(blocks);
            blockCiphers.give(cipher);
            return result;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256 failed to encrypt", e);
        }
    }

    @SuppressWarnings("InsecureCryptoUsage") // the bare block cipher as the construction asks for, never for a message
    private static Cipher newBlockCipher(SecretKey key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256 is part of the JDK", e);
        }
    }
}
