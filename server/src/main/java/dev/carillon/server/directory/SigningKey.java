// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.time.Instant;

/**
 * A key that signs the tokens of an environment. {@link #toString} hides it.
 *
 * @param id what tokens name it by
 * @param jwk the key pair as a JSON Web Key (RFC 7517)
 * @param activeFrom from when it signs; it is published before, so that who caches keys knows it by then
 */
public record SigningKey(String id, TokenAlgorithm algorithm, String jwk, Instant activeFrom) {
    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
