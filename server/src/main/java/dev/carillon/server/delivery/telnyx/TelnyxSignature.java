// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.telnyx;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.Outcomes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Telnyx signs time and body by Ed25519 (RFC 8032). */
final class TelnyxSignature {
    static final String SIGNATURE = "telnyx-signature-ed25519";
    static final String TIMESTAMP = "telnyx-timestamp";

    /** What stands before the 32 bytes of an Ed25519 key in the form that the JDK reads (RFC 8410 §4). */
    private static final byte[] DER_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_BYTES = 32;
    private static final int MAX_DIGITS = 12;

    private final PublicKey key;

    private TelnyxSignature(PublicKey key) {
        this.key = key;
    }

    /** @throws IllegalArgumentException when it is no such key; the message is to be read after the option's name */
    static TelnyxSignature of(String base64) {
        try {
            byte[] raw = Base64.getDecoder().decode(base64);
            if (raw.length != KEY_BYTES) {
                throw new IllegalArgumentException("has not 32 bytes");
            }
            byte[] der = new byte[DER_PREFIX.length + KEY_BYTES];
            System.arraycopy(DER_PREFIX, 0, der, 0, DER_PREFIX.length);
            System.arraycopy(raw, 0, der, DER_PREFIX.length, KEY_BYTES);
            return new TelnyxSignature(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der)));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException("is not an Ed25519 key of 32 bytes in base64", e);
        }
    }

    /** Why a call is not Telnyx's, or not from now; empty when it is. */
    Optional<String> doubt(Webhook call, Instant now) {
        Optional<String> signature = call.header(SIGNATURE);
        Optional<String> timestamp = call.header(TIMESTAMP).filter(TelnyxSignature::isNumber);
        if (signature.isEmpty() || timestamp.isEmpty()) {
            return Optional.of("no signature or no time");
        }
        if (!isGenuine(timestamp.get(), call.body(), signature.get())) {
            return Optional.of("another signature");
        }
        boolean fresh = Outcomes.isFresh(Instant.ofEpochSecond(Long.parseLong(timestamp.get())), now);
        return fresh ? Optional.empty() : Optional.of("replayed: signed more than five minutes off");
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private boolean isGenuine(String timestamp, byte[] body, String base64) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update((timestamp + "|").getBytes(US_ASCII));
            signature.update(body);
            return signature.verify(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return false; // not base64, or not 64 bytes
        }
    }
}
