// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.vonage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The signature {@code sig} of the SMS API's calls: over all other parameters in order of their names, as {@code &name=value} with
 * {@code &} and {@code =} in values replaced by {@code _}.
 */
final class DlrSignature {
    private static final String SIGNATURE = "sig";

    /** What the account is set to. */
    enum Method {
        /** MD5 over parameters and secret: Vonage's oldest and its default. */
        MD5HASH(Optional.empty()),
        MD5(Optional.of(Hmac.MD5)),
        SHA1(Optional.of(Hmac.SHA1)),
        SHA256(Optional.of(Hmac.SHA256)),
        SHA512(Optional.of(Hmac.SHA512));

        private final Optional<Hmac> hmac;

        Method(Optional<Hmac> hmac) {
            this.hmac = hmac;
        }

        private byte[] sign(String text, Secret secret) {
            return hmac.map(keyed -> keyed.of(secret, text))
                    .orElseGet(() -> Signatures.md5((text + secret.value()).getBytes(UTF_8)));
        }
    }

    private final Secret secret;
    private final Method method;

    DlrSignature(Secret secret, Method method) {
        this.secret = secret;
        this.method = method;
    }

    boolean verify(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(parameters).forEach((name, value) -> {
            if (!name.equals(SIGNATURE)) {
                text.append('&')
                        .append(name)
                        .append('=')
                        .append(value.replace('&', '_').replace('=', '_'));
            }
        });
        return Signatures.isHex(method.sign(text.toString(), secret), parameters.getOrDefault(SIGNATURE, ""));
    }
}
