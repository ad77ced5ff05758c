// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one secret that stands outside the store: 32 random bytes, which open the {@link Keyring}. Whoever has the store but not
 * this secret reads no phone number, IP address, code or message. Losing it loses all of those. Immutable; never shown.
 */
public final class MasterSecret {
    private static final int BYTES = 32;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

    private final byte[] bytes;

    private MasterSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads 32 bytes, written as 64 hexadecimal digits, as base64 or as base64url, with or without padding.
     *
     * @throws SecretException when it is anything else; the message does not repeat the text
     */
    public static MasterSecret parse(String text) {
        String stripped = text.strip();
        byte[] bytes;
        try {
            bytes = HEX.matcher(stripped).matches()
                    ? HexFormat.of().parseHex(stripped)
                    : Base64.getUrlDecoder()
                            .decode(stripped.replace('+', '-').replace('/', '_').getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            throw notASecret("it is neither base64 nor 64 hexadecimal digits");
        }
        if (bytes.length != BYTES) {
            throw notASecret("it has " + bytes.length + " bytes");
        }
        boolean constant = true;
        for (byte each : bytes) {
            constant &= each == bytes[0];
        }
        if (constant) {
            throw notASecret("all its bytes are the same");
        }
        return new MasterSecret(bytes);
    }

    private static SecretException notASecret(String why) {
        return new SecretException(
                "the master secret must be 32 random bytes in base64 or as 64 hexadecimal digits, but " + why
                        + "; make one with: openssl rand -base64 32");
    }

    public static MasterSecret random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new MasterSecret(bytes);
    }

    /** The text that {@link #parse} reads. For the file that keeps it, and nothing else. */
    String reveal() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The key that seals the keyring. */
    XaesKey keyringKey() {
        return new XaesKey(Hkdf.derive(bytes, "keyring"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MasterSecret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** Tells nothing, since a hash may be logged. */
    @Override
    public int hashCode() {
        return MasterSecret.class.hashCode();
    }

    @Override
    public String toString() {
        return "MasterSecret[not shown]";
    }
}
