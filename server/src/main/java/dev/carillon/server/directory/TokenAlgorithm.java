// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How the tokens of an environment are signed (RFC 7518 §3.1, RFC 8037 §3.1). */
public enum TokenAlgorithm {
    /** RSA of 2048 bits with SHA-256, which every JOSE library checks. */
    RS256("RS256"),
    /** Over Ed25519: tokens are 256 characters shorter. */
    EDDSA("EdDSA");

    private final String text;

    TokenAlgorithm(String text) {
        this.text = text;
    }

    /** The registered name, also on the command line and in the store. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException with a message for the operator */
    public static TokenAlgorithm of(String text) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                        + Arrays.stream(values()).map(TokenAlgorithm::text).collect(Collectors.joining(", "))));
    }
}
