// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import dev.carillon.core.account.Money;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry of an account's books. Entries are only ever added; the sum of all is the balance.
 *
 * @param verification what it is for; empty for what an operator did
 * @param change of the books
 * @param cost what the operator pays its provider for the messages that are charged here, where that is known
 * @param note the operator's
 */
public record Posting(
        UUID account,
        Instant at,
        Optional<UUID> verification,
        Amounts change,
        Optional<Money> cost,
        Optional<String> note) {

    /** What an entry does, in a word. */
    public enum Kind {
        /** Money was credited, or taken back. */
        TOPUP,
        /** Something is on its way. */
        RESERVE,
        /** What was reserved is charged, at whatever price in the end. */
        SETTLE,
        /** What was reserved came to nothing. */
        RELEASE,
        /** Something is charged that was not reserved, or more of it. */
        CHARGE,
        /** What was charged is given back, or a part. */
        REFUND
    }

    public Kind kind() {
        if (change.funded() != 0) {
            return Kind.TOPUP;
        }
        if (change.reserved() > 0) {
            return Kind.RESERVE;
        }
        if (change.reserved() < 0) {
            return change.charged() > 0 ? Kind.SETTLE : Kind.RELEASE;
        }
        return change.charged() < 0 ? Kind.REFUND : Kind.CHARGE;
    }
}
