// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCall;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The request that sends a message.
 *
 * @param contentType of the body; empty: there is none
 * @param body when the body is written as a text
 * @param form the fields of the body when it is written as a form; empty: it is not
 * @param secrets values of variables that are the same in every request
 */
record RequestTemplate(
        String method,
        Template url,
        Map<String, Template> headers,
        Optional<String> contentType,
        Optional<Template> body,
        Map<String, Template> form,
        Map<String, String> secrets) {

    /**
     * The request for a message.
     *
     * @throws IllegalArgumentException when it does not make a URL
     */
    HttpCall fill(Message message, Optional<URI> callback, Instant now) {
        return fill(variables(message, callback, now));
    }

    HttpCall fill(Map<String, String> variables) {
        Map<String, String> values = new HashMap<>(variables);
        values.putAll(secrets);
        Map<String, String> filled = new LinkedHashMap<>();
        contentType.ifPresent(type -> filled.put("Content-Type", type));
        headers.forEach((name, template) -> filled.put(name, template.fill(values)));
        return new HttpCall(method, URI.create(url.fill(values)), filled, content(values));
    }

    private String content(Map<String, String> values) {
        if (body.isPresent()) {
            return body.get().fill(values);
        }
        Map<String, String> fields = new LinkedHashMap<>();
        form.forEach((name, template) -> fields.put(name, template.fill(values)));
        return FormData.encode(fields);
    }

    private static Map<String, String> variables(Message message, Optional<URI> callback, Instant now) {
        return Map.ofEntries(
                Map.entry("to", message.to()),
                Map.entry("digits", message.digits()),
                Map.entry("country", message.regionCode()),
                Map.entry("text", message.text()),
                Map.entry("code", message.code().digits()),
                Map.entry("sender", message.senderId()),
                Map.entry("locale", message.locale()),
                Map.entry("ref", message.ref().encoded()),
                Map.entry("attempt_id", message.attemptId().toString()),
                Map.entry("callback", callback.map(URI::toString).orElse("")),
                Map.entry("ttl_seconds", Long.toString(message.timeToLive(now).toSeconds())));
    }

    /** It has keys in it. */
    @Override
    public String toString() {
        return method;
    }

    /** Values that show whether a template puts each of them where it stays one value. */
    static Map<String, String> samples() {
        return Map.ofEntries(
                Map.entry("to", "+447400123456"),
                Map.entry("digits", "447400123456"),
                Map.entry("country", "GB"),
                Map.entry("text", "0123 \"is\" <your> & 'code' \\ €"),
                Map.entry("code", "012345"),
                Map.entry("sender", "A \"B\" & <C>"),
                Map.entry("locale", "en-US"),
                Map.entry("ref", "AZ3ygPGwQAGAAAAAAAAAAgM"),
                Map.entry("attempt_id", "0199f5b2-6d3e-4c41-8f2b-3a9c5d7e1f20"),
                Map.entry("callback", "https://verify.example.com/hooks/a.b.c"),
                Map.entry("ttl_seconds", "300"));
    }
}
