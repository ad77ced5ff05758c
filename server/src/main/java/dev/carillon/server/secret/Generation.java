// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import java.time.Instant;

/**
 * One generation of keys, all derived from one random secret.
 *
 * @param number from 1 to 65535
 * @param activeFrom from when new data takes it
 * @param data seals what is kept
 * @param pepper hashes codes
 * @param lookup hashes what rows are found by; only that of generation 1 is used, since such hashes cannot be made anew
 */
record Generation(int number, Instant activeFrom, XaesKey data, HmacKey pepper, HmacKey lookup) {

    static Generation of(int number, Instant activeFrom, byte[] secret) {
        return new Generation(
                number,
                activeFrom,
                new XaesKey(Hkdf.derive(secret, "data")),
                new HmacKey(Hkdf.derive(secret, "pepper")),
                new HmacKey(Hkdf.derive(secret, "lookup")));
    }
}
