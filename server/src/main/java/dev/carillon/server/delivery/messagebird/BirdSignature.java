// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.messagebird;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.time.Instant;
import java.util.Optional;

/** Bird signs time, URL and the body's hash, a line each, by HMAC-SHA256. Source: Bird's page on verifying a webhook. */
record BirdSignature(Secret key) {
    static final String SIGNATURE = "messagebird-signature";
    static final String TIMESTAMP = "messagebird-request-timestamp";

    /** Why a call is not Bird's, or not from now; empty when it is. */
    Optional<String> doubt(Webhook call, Instant now) {
        Optional<String> signature = call.header(SIGNATURE);
        Optional<String> timestamp = call.header(TIMESTAMP);
        if (signature.isEmpty() || timestamp.isEmpty()) {
            return Optional.of("no signature or no time");
        }
        byte[] expected = Hmac.SHA256.of(
                key.value().getBytes(UTF_8),
                (timestamp.get() + "\n" + call.url() + "\n").getBytes(UTF_8),
                Signatures.sha256(call.body()));
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
