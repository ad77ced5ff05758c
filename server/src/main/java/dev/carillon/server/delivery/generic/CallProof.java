// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What shows that a call is the provider's. All that is configured must hold; where nothing is, a call must come to an attempt's own
 * URL, whose seal nobody else knows.
 */
final class CallProof {
    private final List<Predicate<Webhook>> checks;

    private enum Algorithm {
        SHA1(Hmac.SHA1),
        SHA256(Hmac.SHA256),
        SHA512(Hmac.SHA512);

        private final Hmac hmac;

        Algorithm(Hmac hmac) {
            this.hmac = hmac;
        }
    }

    private enum Encoding {
        HEX,
        BASE64
    }

    private CallProof(List<Predicate<Webhook>> checks) {
        this.checks = List.copyOf(checks);
    }

    /**
     * Reads the sections {@code signature} and {@code token}.
     *
     * @param method what calls come with: a signature is over the body, which a GET has not
     */
    static CallProof read(Options options, String method) {
        List<Predicate<Webhook>> checks = new ArrayList<>();
        Options signature = options.section("signature");
        if (options.names().contains("signature")) {
            if (method.equals("GET")) {
                throw options.wrong("signature", "is over the body, and a GET has none; use token");
            }
            checks.add(signature(signature));
        }
        signature.refuseUnknown();
        Options token = options.section("token");
        if (options.names().contains("token")) {
            checks.add(token(token));
        }
        token.refuseUnknown();
        return new CallProof(checks);
    }

    boolean isSome() {
        return !checks.isEmpty();
    }

    boolean holds(Webhook call) {
        return isSome()
                ? checks.stream().allMatch(check -> check.test(call))
                : call.ref().isPresent();
    }

    private static Predicate<Webhook> signature(Options options) {
        String header = options.text("header").toLowerCase(Locale.ROOT);
        Secret secret = options.secret("secret");
        Hmac hmac = options.choice("algorithm", Algorithm.class, Algorithm.SHA256).hmac;
        Encoding encoding = options.choice("encoding", Encoding.class, Encoding.HEX);
        String prefix = options.text("prefix", "");
        return call -> {
            Optional<String> given = call.header(header)
                    .filter(text -> text.startsWith(prefix))
                    .map(text -> text.substring(prefix.length()));
            byte[] expected = hmac.of(secret, call.body());
            return given.filter(text -> encoding == Encoding.HEX
                            ? Signatures.isHex(expected, text)
                            : Signatures.isBase64(expected, text))
                    .isPresent();
        };
    }

    private static Predicate<Webhook> token(Options options) {
        Secret secret = options.secret("secret");
        Optional<String> header = options.optionalText("header").map(text -> text.toLowerCase(Locale.ROOT));
        Optional<String> field = options.optionalText("query");
        if (header.isPresent() == field.isPresent()) {
            throw options.wrong("header", "or query must say where the token is, and only one of them");
        }
        return call -> header.map(call::header)
                .orElseGet(() -> field.map(name -> call.query().getOrDefault(name, List.of()))
                        .filter(values -> values.size() == 1)
                        .map(List::getFirst))
                .filter(given -> Signatures.isSame(secret.value(), given))
                .isPresent();
    }
}
