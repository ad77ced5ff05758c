// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.security.MessageDigest;
import java.util.Arrays;

/** What is stored of a code so that it can be checked: an HMAC-SHA256 bound to its verification. */
public final class CodeHash {
    /** Bytes of the HMAC. */
    public static final int LENGTH = 32;

    private final int pepper;
    private final byte[] mac;

    /**
     * Takes an HMAC.
     *
     * @param pepper which secret it was made with
     * @param mac {@value #LENGTH} bytes
     */
    public CodeHash(int pepper, byte[] mac) {
        if (mac.length != LENGTH) {
            throw new IllegalArgumentException("an HMAC-SHA256 has " + LENGTH + " bytes");
        }
        this.pepper = pepper;
        this.mac = mac.clone();
    }

    public int pepper() {
        return pepper;
    }

    public byte[] mac() {
        return mac.clone();
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof CodeHash that && pepper == that.pepper && MessageDigest.isEqual(mac, that.mac);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mac);
    }
}
