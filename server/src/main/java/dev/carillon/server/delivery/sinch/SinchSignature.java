// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.sinch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.time.Instant;
import java.util.Optional;

/** Sinch signs body, nonce and time, with dots between them, by HMAC-SHA256. */
record SinchSignature(Secret secret) {
    static final String SIGNATURE = "x-sinch-webhook-signature";
    static final String NONCE = SIGNATURE + "-nonce";
    static final String TIMESTAMP = SIGNATURE + "-timestamp";

    /** Why a call is not Sinch's, or not from now; empty when it is. */
    Optional<String> doubt(Webhook call, Instant now) {
        Optional<String> signature = call.header(SIGNATURE);
        Optional<String> nonce = call.header(NONCE);
        Optional<String> timestamp = call.header(TIMESTAMP);
        if (signature.isEmpty() || nonce.isEmpty() || timestamp.isEmpty()) {
            return Optional.of("no signature, no nonce or no time");
        }
        byte[] expected = Hmac.SHA256.of(
                secret.value().getBytes(UTF_8),
                call.body(),
                ("." + nonce.get() + "." + timestamp.get()).getBytes(UTF_8));
        if (!Signatures.isBase64(expected, signature.get())) {
            return Optional.of("another signature");
        }
        return time(timestamp.get()).filter(at -> Outcomes.isFresh(at, now)).isPresent()
                ? Optional.empty()
                : Optional.of("replayed: signed more than five minutes off");
    }

    private static Optional<Instant> time(String seconds) {
        try {
            return Optional.of(Instant.ofEpochSecond(Integer.toUnsignedLong(Integer.parseUnsignedInt(seconds))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
