// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.verification.Audience;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where an account is told what happens to its verifications.
 *
 * @param callbackUrl for creates that name none
 * @param endpoints who is told in any case, and of checks and feedback too
 * @param secret the number of the secret that requests are signed with, from 1; the one before it is used beside it
 */
public record AccountWebhook(Optional<String> callbackUrl, List<Endpoint> endpoints, int secret) {
    /** Beside the one callback. */
    public static final int MAX_ENDPOINTS = Audience.MAX - 1;

    public static final AccountWebhook STANDARD = new AccountWebhook(Optional.empty(), List.of(), 1);

    /**
     * Somebody who wants to know.
     *
     * @param id stays when the address changes
     */
    public record Endpoint(UUID id, String url) {}

    public AccountWebhook {
        if (secret < 1) {
            throw new IllegalArgumentException("secrets are counted from 1");
        }
        if (endpoints.size() > MAX_ENDPOINTS) {
            throw new IllegalArgumentException("an account has at most " + MAX_ENDPOINTS + " endpoints");
        }
        endpoints = List.copyOf(endpoints);
    }

    /** The address of an endpoint, if the account still has it. */
    public Optional<String> endpoint(UUID id) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.id().equals(id))
                .map(Endpoint::url)
                .findFirst();
    }

    public AccountWebhook withCallbackUrl(Optional<String> url) {
        return new AccountWebhook(url, endpoints, secret);
    }

    /** With a new endpoint, or another address for one that is there. */
    public AccountWebhook withEndpoint(Endpoint changed) {
        boolean known = endpoint(changed.id()).isPresent();
        List<Endpoint> all = known
                ? endpoints.stream()
                        .map(endpoint -> endpoint.id().equals(changed.id()) ? changed : endpoint)
                        .toList()
                : Stream.concat(endpoints.stream(), Stream.of(changed)).toList();
        return new AccountWebhook(callbackUrl, all, secret);
    }

    public AccountWebhook withoutEndpoint(UUID id) {
        List<Endpoint> left =
                endpoints.stream().filter(endpoint -> !endpoint.id().equals(id)).toList();
        return new AccountWebhook(callbackUrl, left, secret);
    }

    public AccountWebhook withNextSecret() {
        return new AccountWebhook(callbackUrl, endpoints, secret + 1);
    }
}
