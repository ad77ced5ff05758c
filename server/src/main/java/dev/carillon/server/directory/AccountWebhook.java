// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.util.Optional;

/**
 * Where an account is told what happens to its verifications.
 *
 * @param url for those whose create names no other
 * @param secret the number of the secret that requests are signed with, from 1; the one before it is used beside it
 */
public record AccountWebhook(Optional<String> url, int secret) {
    public static final AccountWebhook STANDARD = new AccountWebhook(Optional.empty(), 1);

    public AccountWebhook {
        if (secret < 1) {
            throw new IllegalArgumentException("secrets are counted from 1");
        }
    }

    public AccountWebhook withUrl(Optional<String> changed) {
        return new AccountWebhook(changed, secret);
    }

    public AccountWebhook withNextSecret() {
        return new AccountWebhook(url, secret + 1);
    }
}
