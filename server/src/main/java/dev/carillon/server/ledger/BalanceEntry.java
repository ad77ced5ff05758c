// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.Posting;
import java.util.UUID;

/**
 * An entry of an account's books as it is stored.
 *
 * @param id ordered by time; {@link #CARRIED} for the sum of all that is past its retention
 */
public record BalanceEntry(UUID id, Posting posting) {
    /** Below every id of an entry. */
    public static final UUID CARRIED = new UUID(0, 0);

    /** Whether it stands for all entries that are past their retention. */
    public boolean isCarried() {
        return id.equals(CARRIED);
    }
}
