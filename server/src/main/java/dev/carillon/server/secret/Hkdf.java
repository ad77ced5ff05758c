// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF-SHA256 (RFC 5869): from one random secret, as many independent keys as there are names for them. */
final class Hkdf {
    private static final byte[] SALT = "carillon v1".getBytes(StandardCharsets.US_ASCII);

    private Hkdf() {}

    /**
     * Derives 32 bytes.
     *
     * @param secret 32 random bytes
     * @param info what the key is for; another name gives another key that tells nothing of this one
     */
    static byte[] derive(byte[] secret, String info) {
        HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                .addSalt(SALT)
                .addIKM(secret)
                .thenExpand(info.getBytes(StandardCharsets.US_ASCII), 32);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is part of the JDK", e);
        }
    }
}
