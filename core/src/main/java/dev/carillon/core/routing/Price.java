// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of a connection's price list.
 *
 * @param channel empty: any
 * @param country ISO 3166-1 alpha-2; empty: any
 * @param network empty: any
 */
public record Price(Optional<Channel> channel, Optional<String> country, Optional<Network> network, Money price) {

    /** What a message costs: the line that names more wins, of two that name as much the one that comes first. */
    static Optional<Money> of(List<Price> list, Channel channel, String country, Optional<Network> network) {
        return list.stream()
                .filter(line -> line.channel().map(channel::equals).orElse(true)
                        && line.country().map(country::equals).orElse(true)
                        && (line.network().isEmpty() || line.network().equals(network)))
                // A minimum keeps the first of equals, a maximum would keep the last.
                .min(Comparator.comparingLong(line -> -line.named()))
                .map(Price::price);
    }

    private long named() {
        return Stream.of(channel, country, network).filter(Optional::isPresent).count();
    }
}
