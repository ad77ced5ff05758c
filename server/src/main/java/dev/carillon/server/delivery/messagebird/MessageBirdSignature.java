// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.messagebird;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Jwt;
import dev.carillon.server.delivery.http.Outcomes;
import dev.carillon.server.delivery.http.Signatures;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** MessageBird signs by a token (JWT) that claims the hashes of URL and body. */
record MessageBirdSignature(Secret key) {
    private static final String HEADER = "messagebird-signature-jwt";
    private static final String ISSUER = "MessageBird";
    /** In the year 2106; what is later is no time. */
    private static final long MAX_SECONDS = 0xffff_ffffL;

    private static final Set<String> ALGORITHMS = Set.of("HS256", "HS384", "HS512");

    /** The token's own id when the call is MessageBird's and from now; else empty. */
    Optional<String> verify(Webhook call, Instant now) {
        return call.header(HEADER)
                .flatMap(token -> Jwt.verify(token, key, ALGORITHMS, now))
                .filter(claims ->
                        JsonTree.text(claims, "/iss").filter(ISSUER::equals).isPresent())
                .filter(claims -> isNow(claims, now))
                .filter(claims -> isHash(claims, "/url_hash", call.url().getBytes(UTF_8)))
                .filter(claims -> isBody(claims, call.body()))
                .flatMap(claims -> JsonTree.text(claims, "/jti"));
    }

    private static boolean isNow(JsonNode claims, Instant now) {
        JsonNode issued = claims.path("iat");
        return issued.canConvertToLong()
                && issued.asLong() >= 0
                && issued.asLong() <= MAX_SECONDS
                && Outcomes.isFresh(Instant.ofEpochSecond(issued.asLong()), now);
    }

    /** A call without a body has no hash of it. */
    private static boolean isBody(JsonNode claims, byte[] body) {
        return (body.length == 0 && !claims.has("payload_hash")) || isHash(claims, "/payload_hash", body);
    }

    private static boolean isHash(JsonNode claims, String claim, byte[] bytes) {
        return JsonTree.text(claims, claim)
                .filter(hash -> Signatures.isHex(Signatures.sha256(bytes), hash))
                .isPresent();
    }
}
