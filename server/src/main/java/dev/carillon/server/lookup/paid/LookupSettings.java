// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.server.delivery.Options;
import java.time.Duration;
import java.util.Optional;

/**
 * What the operator said of one provider.
 *
 * @param name 1 to 32 lower-case letters, digits and hyphens
 * @param countries of which numbers it is asked
 * @param price what a query costs
 * @param callerNamePrice what asking for a caller name costs, in the same query or in another
 * @param timeout how long it may take to answer, connecting included
 * @param options what only its kind knows
 */
public record LookupSettings(
        String name,
        LookupKind kind,
        Countries countries,
        Optional<Money> price,
        Optional<Money> callerNamePrice,
        Duration timeout,
        Options options) {

    /** What asking on a topic costs, if it costs anything. */
    Optional<Money> price(Topic topic) {
        return switch (topic) {
            case NETWORK -> price;
            case CALLER_NAME -> callerNamePrice;
        };
    }
}
