// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import dev.carillon.core.message.SenderId;

/**
 * A sender that an account may use, and has registered where a country asks for it.
 *
 * @param id as {@link SenderId#isValid} wants it
 * @param countries where
 */
public record AccountSender(String id, Countries countries) {
    /** @throws IllegalArgumentException when it is no sender */
    public AccountSender {
        if (!SenderId.isValid(id)) {
            throw new IllegalArgumentException("'" + id
                    + "' is not a sender: 1 to 11 letters, digits, spaces or ._&- with at least one letter, or a number of at"
                    + " most 15 digits");
        }
    }
}
