// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.util.Base64;

/** Signs tokens whose parts may be nonsense. */
final class Tokens {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Tokens() {}

    static String signed(String header, String claims, Secret key) {
        String signed =
                BASE64.encodeToString(header.getBytes(UTF_8)) + "." + BASE64.encodeToString(claims.getBytes(UTF_8));
        return signed + "." + BASE64.encodeToString(Hmac.SHA256.of(key, signed));
    }
}
