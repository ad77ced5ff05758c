// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import java.util.Optional;

/**
 * What messages cost that go by one channel to one network.
 *
 * @param channel empty: any
 * @param network empty: any
 * @param micros the price, from 0 to {@link PriceLine#MAX_MICROS}
 * @param atCost whether what the operator pays is charged in its place, where that is known and in the same currency
 */
public record Rate(Optional<Channel> channel, Optional<Network> network, long micros, boolean atCost) {

    boolean isFor(Channel used, Optional<Network> known) {
        return channel.map(used::equals).orElse(true) && (network.isEmpty() || network.equals(known));
    }

    long price(Optional<Money> cost, String currency) {
        return atCost
                ? cost.filter(known -> known.currency().equals(currency)
                                && known.micros() >= 0
                                && known.micros() <= PriceLine.MAX_MICROS)
                        .map(Money::micros)
                        .orElse(micros)
                : micros;
    }
}
