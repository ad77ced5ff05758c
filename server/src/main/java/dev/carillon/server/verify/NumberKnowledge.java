// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.PhoneNumber;
import java.util.Optional;

/** What is known of a number at once, from memory: nothing here may wait for anybody. Thread-safe. */
public interface NumberKnowledge {
    /** Nothing is known. */
    NumberKnowledge NONE = new NumberKnowledge() {
        @Override
        public Optional<Network> network(PhoneNumber number, Optional<Network> seen) {
            return seen;
        }

        @Override
        public boolean isTemporary(PhoneNumber number) {
            return false;
        }
    };

    /**
     * The network that most likely serves a number. It decides prices, so that a guess is better than none.
     *
     * @param seen what receipts told last
     */
    Optional<Network> network(PhoneNumber number, Optional<Network> seen);

    /** Whether a number is known to be lent to everybody. */
    boolean isTemporary(PhoneNumber number);
}
