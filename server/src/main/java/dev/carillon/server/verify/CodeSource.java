// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.verification.Code;

/** Where fresh codes come from. */
@FunctionalInterface
public interface CodeSource {
    /** A code of this many digits, which nobody can foretell. */
    Code next(int length);

    /** Every code is as likely as every other. */
    static CodeSource random(Ids ids) {
        return length -> Code.of(ids.nextInt((int) Math.pow(10, length)), length);
    }
}
