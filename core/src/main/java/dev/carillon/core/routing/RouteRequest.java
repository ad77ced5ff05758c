// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import dev.carillon.core.account.Channels;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a route depends on besides the connections and the window.
 *
 * @param country ISO 3166-1 alpha-2 of the number; empty for numbers of no country
 * @param network the number's network, where it is known
 * @param channels what the account allows
 * @param sender who the message is from, given who the connection's are from in that country
 */
public record RouteRequest(
        String country,
        Optional<Network> network,
        LineType lineType,
        Channels channels,
        Function<Optional<String>, String> sender) {

    /** The same number, seen in a network. */
    public RouteRequest in(Optional<Network> seen) {
        return new RouteRequest(country, seen, lineType, channels, sender);
    }
}
