// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.Webhook;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Signatures;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Twilio's request signature: {@code X-Twilio-Signature} is the HMAC-SHA1, in base64, of the URL followed by all parameters of the
 * form in order of their names. Of a body that is no form, the URL holds the hash in {@code bodySHA256}.
 */
final class TwilioSignature {
    private static final String BODY_HASH = "bodySHA256";

    private final Secret authToken;

    TwilioSignature(Secret authToken) {
        this.authToken = authToken;
    }

    /** The parameters of a genuine call; empty when it is not Twilio's. */
    Optional<Map<String, List<String>>> verify(Webhook call) {
        Optional<String> given = call.header("x-twilio-signature");
        Optional<String> hash = FormData.only(call.query(), BODY_HASH);
        Optional<Map<String, List<String>>> form =
                hash.isPresent() ? Optional.of(Map.of()) : FormData.decode(call.body());
        if (given.isEmpty() || form.isEmpty() || !isSigned(call.url(), form.get(), given.get())) {
            return Optional.empty();
        }
        if (hash.isEmpty()) {
            return form;
        }
        return Signatures.isHex(Signatures.sha256(call.body()), hash.get())
                ? Optional.of(fields(JsonTree.read(call.body())))
                : Optional.empty();
    }

    private boolean isSigned(String url, Map<String, List<String>> form, String given) {
        StringBuilder parameters = new StringBuilder();
        // A value that is there twice is signed once, as Twilio's own libraries have it.
        new TreeMap<>(form).forEach((name, values) -> new TreeSet<>(values)
                .forEach(value -> parameters.append(name).append(value)));
        boolean signed = false;
        for (String variant : variants(url)) {
            signed |= Signatures.isBase64(Hmac.SHA1.of(authToken, variant + parameters), given);
        }
        return signed;
    }

    /** Twilio signs the URL sometimes with the port, sometimes without, whatever it was given. */
    private static Set<String> variants(String url) {
        Set<String> variants = new LinkedHashSet<>();
        variants.add(url);
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            int port = "https".equals(uri.getScheme()) ? 443 : 80;
            String rest = url.substring(uri.getScheme().length()
                    + "://".length()
                    + uri.getRawAuthority().length());
            variants.add(uri.getScheme() + "://" + host + rest);
            variants.add(uri.getScheme() + "://" + host + ":" + (uri.getPort() < 0 ? port : uri.getPort()) + rest);
        } catch (URISyntaxException e) {
            return variants; // then only as it stands
        }
        return variants;
    }

    private static Map<String, List<String>> fields(JsonNode body) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        body.properties().forEach(field -> JsonTree.text(field.getValue(), "")
                .ifPresent(text -> fields.put(field.getKey(), List.of(text))));
        return fields;
    }
}
