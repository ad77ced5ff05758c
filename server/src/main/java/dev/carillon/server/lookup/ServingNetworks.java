// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Sighting;
import java.util.Optional;
import java.util.UUID;

/**
 * The networks that receipts name: many providers say in a delivery report which network took the message, and that is a number's
 * true one, ported or not, at no cost. Thread-safe.
 */
@FunctionalInterface
public interface ServingNetworks {
    /** Nothing was heard. */
    ServingNetworks NONE = (account, number) -> Optional.empty();

    /**
     * What was last heard of a number. It may read a store.
     *
     * @param account the one whose messages tell: one account does not learn from another's
     */
    Optional<Sighting> of(UUID account, PhoneNumber number);
}
