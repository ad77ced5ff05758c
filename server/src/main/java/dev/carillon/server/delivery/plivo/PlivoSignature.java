// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.plivo;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Plivo's signatures, as its SDKs check them. Version 3 covers the URL and all parameters; version 2, which some callbacks about
 * messages still carry, covers only the URL and a nonce.
 */
record PlivoSignature(Secret authToken) {
    private static final String V3 = "x-plivo-signature-v3";
    private static final String V2 = "x-plivo-signature-v2";
    private static final String NONCE = "-nonce";

    /** Whether a call is Plivo's. */
    boolean isGenuine(Webhook call) {
        Optional<String> v3 = call.header(V3);
        if (v3.isPresent()) {
            return call.header(V3 + NONCE)
                    .filter(nonce -> isVersion3(call, nonce, v3.get()))
                    .isPresent();
        }
        // Version 2 does not cover what the call says: good only for a URL that nobody but Plivo knows.
        return call.ref().isPresent()
                && call.header(V2).isPresent()
                && call.header(V2 + NONCE)
                        .filter(nonce -> isVersion2(call, nonce, call.header(V2).get()))
                        .isPresent();
    }

    /** @param given one signature, or several with commas between them, of which one must be right */
    private boolean isVersion3(Webhook call, String nonce, String given) {
        Optional<Map<String, List<String>>> form =
                call.method().equals("POST") ? FormData.decode(call.body()) : Optional.of(Map.of());
        if (form.isEmpty()) {
            return false;
        }
        byte[] expected = Hmac.SHA256.of(authToken, signed(call, form.get()) + "." + nonce);
        boolean right = false;
        for (String one : given.split(",", -1)) {
            right |= Signatures.isBase64(expected, one.strip());
        }
        return right;
    }

    private boolean isVersion2(Webhook call, String nonce, String given) {
        return Signatures.isBase64(Hmac.SHA256.of(authToken, withoutQuery(call) + nonce), given);
    }

    /** The URL with its query sorted, then what the body holds, sorted; a question mark where there is either, a dot between them. */
    private static String signed(Webhook call, Map<String, List<String>> form) {
        String query = joined(call.query(), "=", "&");
        String fields = joined(form, "", "");
        boolean hasForm = !form.isEmpty();
        return withoutQuery(call)
                + (query.isEmpty() && !hasForm ? "" : "?" + query)
                + (query.isEmpty() || !hasForm ? "" : ".")
                + fields;
    }

    private static String joined(Map<String, List<String>> fields, String equals, String between) {
        return fields.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(field -> field.getValue().stream().sorted().map(value -> field.getKey() + equals + value))
                .collect(Collectors.joining(between));
    }

    private static String withoutQuery(Webhook call) {
        int mark = call.url().indexOf('?');
        return mark < 0 ? call.url() : call.url().substring(0, mark);
    }
}
