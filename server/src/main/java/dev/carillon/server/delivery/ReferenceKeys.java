// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.server.secret.Keyring;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Where a provider's ids are found in the store: keyed hashes, bound to the connection, since two providers may give the same id
 * and none may speak of another's messages.
 */
final class ReferenceKeys {
    private final Keyring keyring;

    ReferenceKeys(Keyring keyring) {
        this.keyring = keyring;
    }

    UUID of(String connection, String providerId) {
        return keyring.lookup("reference", bytes(connection), bytes(providerId));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
