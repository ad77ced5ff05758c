// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 over a list of parts. */
final class HmacKey {
    private final Pool<Mac> macs;

    /** @param key 32 random bytes */
    HmacKey(byte[] key) {
        SecretKeySpec spec = new SecretKeySpec(key, "HmacSHA256");
        macs = new Pool<>(() -> newMac(spec));
    }

    /** 32 bytes. Each part goes in with its length before it, so that no two lists of parts look the same. */
    byte[] over(byte[] first, byte[]... rest) {
        Mac mac = macs.take();
        update(mac, first);
        for (byte[] part : rest) {
            update(mac, part);
        }
        byte[] result = mac.doFinal();
        macs.give(mac);
        return result;
    }

    private static void update(Mac mac, byte[] part) {
        int length = part.length;
        mac.update((byte) (length >>> 24));
        mac.update((byte) (length >>> 16));
        mac.update((byte) (length >>> 8));
        mac.update((byte) length);
        mac.update(part);
    }

    private static Mac newMac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of the JDK", e);
        }
    }
}
