// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of an account's price list.
 *
 * @param item what has the price
 * @param channel empty: any, and for a verification
 * @param country ISO 3166-1 alpha-2; empty: any
 * @param network empty: any, and for a verification
 * @param micros millionths of the list's currency, 0 to {@link #MAX_MICROS}
 * @param atCost see {@link Rate#atCost}; never for a verification
 */
public record PriceLine(
        Item item,
        Optional<Channel> channel,
        Optional<String> country,
        Optional<Network> network,
        long micros,
        boolean atCost) {
    /** A million units: more than a message can cost in any currency, and little enough that no sum overflows by chance. */
    public static final long MAX_MICROS = 1_000_000_000_000L;

    /** What can have a price. */
    public enum Item {
        VERIFICATION,
        MESSAGE
    }

    /** @throws IllegalArgumentException with a message for the operator */
    public PriceLine {
        if (micros < 0 || micros > MAX_MICROS) {
            throw new IllegalArgumentException("a price must be 0 to 1000000");
        }
        if (item == Item.VERIFICATION && (channel.isPresent() || network.isPresent() || atCost)) {
            throw new IllegalArgumentException("the price of a verification goes by country alone");
        }
    }

    /** What it is about: the line without its price, so that lines about the same are equal. */
    PriceLine subject() {
        return new PriceLine(item, channel, country, network, 0, false);
    }

    /** How much it names: of two lines that fit, the one that names more is meant. */
    long named() {
        return Stream.of(channel, country, network).filter(Optional::isPresent).count();
    }
}
