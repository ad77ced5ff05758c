// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import java.time.Instant;
import java.util.UUID;

/**
 * A number that a user has proven to be theirs.
 *
 * @param id of the proof, which stays when the number is proven again
 * @param e164 the number
 * @param region ISO 3166-1 alpha-2
 * @param verifiedAt when it was proven last
 */
public record VerifiedNumber(UUID id, String e164, String region, Instant verifiedAt) {
    /** Without the number. */
    @Override
    public String toString() {
        return "VerifiedNumber[" + id + "]";
    }
}
