// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import dev.carillon.core.account.Countries;
import java.util.List;

/**
 * What a route may be made of: a lane, as the operator has set it up.
 *
 * @param countries where it may be used
 * @param prices what it costs; empty when the operator has not said
 * @param senders who its messages are from
 */
public record Candidate(Lane lane, Countries countries, List<Price> prices, Senders senders) {
    public Candidate {
        prices = List.copyOf(prices);
    }
}
