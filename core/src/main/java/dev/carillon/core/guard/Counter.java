// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import java.time.Instant;

/** What the guard remembers of one subject. */
public sealed interface Counter permits Allowance, NumberBlock, Conversion {
    /** From when the counter says nothing more and may be forgotten. */
    Instant expiresAt();
}
