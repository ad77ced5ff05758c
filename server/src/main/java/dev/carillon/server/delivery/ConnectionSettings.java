// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator said of one connection.
 *
 * @param name 1 to 32 lower-case letters, digits and hyphens
 * @param kind {@link ConnectionKind#name}
 * @param channels those of the kind's that it is used for
 * @param countries the countries that it serves
 * @param sender who its messages are from where no country's rule says otherwise
 * @param senders by country (ISO 3166-1 alpha-2)
 * @param prices what a message costs
 * @param messagesPerSecond how many it may be handed in a second; empty: as many as there are
 * @param timeout how long a provider may take to answer, connecting included
 * @param options what only its kind knows
 */
public record ConnectionSettings(
        String name,
        String kind,
        Set<Channel> channels,
        Countries countries,
        Optional<String> sender,
        Map<String, String> senders,
        List<Price> prices,
        Optional<Integer> messagesPerSecond,
        Duration timeout,
        Options options) {

    public ConnectionSettings {
        channels = Set.copyOf(channels);
        senders = Map.copyOf(senders);
        prices = List.copyOf(prices);
    }

    /** The same with another timeout. */
    public ConnectionSettings withTimeout(Duration other) {
        return new ConnectionSettings(
                name, kind, channels, countries, sender, senders, prices, messagesPerSecond, other, options);
    }

    /**
     * One line of a price list. The line that names more wins.
     *
     * @param channel empty: any
     * @param country empty: any
     * @param network MCC and MNC; empty: any
     */
    public record Price(Optional<Channel> channel, Optional<String> country, Optional<String> network, Money price) {}
}
