// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.balance.Stripes;
import dev.carillon.core.guard.Counter;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * What is stored of the things that a command names, as it is when the command is decided.
 *
 * @param replay the answer given before under the command's idempotency key
 * @param number the record of the command's number
 * @param reference what is stored under the command's provider reference
 * @param verification the verification that the command names itself or through the others
 * @param counters the guard's counters
 * @param stripes the books of the account that {@link Command#purse} names
 */
public record View(
        Optional<Replay> replay,
        Optional<NumberRecord> number,
        Optional<Reference> reference,
        Optional<Verification> verification,
        Function<UUID, Optional<Counter>> counters,
        Stripes stripes) {

    /** The same unless its time is over: rows are swept some time later. */
    Optional<Reference> reference(Instant now) {
        return reference.filter(found -> now.isBefore(found.expiresAt()));
    }
}
