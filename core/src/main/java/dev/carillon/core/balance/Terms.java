// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import java.util.List;
import java.util.Optional;

/**
 * What one verification costs its account. Fixed when it is made: a new price list is for those that come after.
 *
 * @param currency ISO 4217
 * @param country of the number, ISO 3166-1 alpha-2; empty for numbers of no country
 * @param verification once, when its first message is sent
 * @param messages what messages cost, the first that fits; those that none fits cost nothing
 * @param refundUndelivered whether a message is given back that was sent and is known not to have arrived
 */
public record Terms(
        String currency, String country, long verification, List<Rate> messages, boolean refundUndelivered) {
    public Terms {
        messages = List.copyOf(messages);
    }

    /**
     * The price of a message.
     *
     * @param network the number's, where it is known
     * @param cost what the operator pays for it, where that is known
     */
    public long message(Channel channel, Optional<Network> network, Optional<Money> cost) {
        return messages.stream()
                .filter(rate -> rate.isFor(channel, network))
                .findFirst()
                .map(rate -> rate.price(cost, currency))
                .orElse(0L);
    }
}
