// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.FormData;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Jwt;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A robot's account with Google, from the key file that the operator downloaded.
 *
 * @param email who it is
 * @param key what it signs with
 * @param tokenUrl where it gets access tokens
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">OAuth 2.0 for service accounts</a>
 */
record ServiceAccount(String email, PrivateKey key, URI tokenUrl) {
    private static final String SCOPE = "https://www.googleapis.com/auth/rcsbusinessmessaging";
    /** Google takes no longer one. */
    private static final Duration ASSERTION_LIFE = Duration.ofHours(1);

    /** @throws IllegalArgumentException naming what is wrong with the key file, and showing nothing of it */
    static ServiceAccount read(Options options) {
        String name = "service_account";
        JsonNode file = JsonTree.read(options.secret(name).value());
        String email = JsonTree.text(file, "/client_email")
                .orElseThrow(
                        () -> options.wrong(name, "is not a service account's key in JSON: it has no client_email"));
        Secret pem = JsonTree.text(file, "/private_key")
                .map(Secret::new)
                .orElseThrow(
                        () -> options.wrong(name, "is not a service account's key in JSON: it has no private_key"));
        PrivateKey key;
        try {
            key = Jwt.rsaKey(pem);
        } catch (IllegalArgumentException e) {
            throw options.wrong(name, "has a private_key that " + e.getMessage());
        }
        return new ServiceAccount(
                email,
                key,
                options.url(
                        "token_url", JsonTree.text(file, "/token_uri").orElse("https://oauth2.googleapis.com/token")));
    }

    /** Asks for an access token. */
    HttpCall tokenRequest(Instant now) {
        ObjectNode claims = JsonTree.object()
                .put("iss", email)
                .put("scope", SCOPE)
                .put("aud", tokenUrl.toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(ASSERTION_LIFE).getEpochSecond());
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("assertion", Jwt.signRs256(claims, key));
        return HttpCall.post(tokenUrl, FormData.CONTENT_TYPE, FormData.encode(form));
    }

    @Override
    public String toString() {
        return "ServiceAccount[" + email + "]";
    }
}
