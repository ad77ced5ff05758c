// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import java.util.Optional;

/**
 * One way to send one message.
 *
 * @param connection the connection's name; empty in a route that leads nowhere
 * @param senderId who the message says it is from
 * @param cost what the operator pays for it by the connection's price list, where that says so
 */
public record Hop(Channel channel, String connection, String senderId, Optional<Money> cost) {
    /** A hop whose cost is not known. */
    public Hop(Channel channel, String connection, String senderId) {
        this(channel, connection, senderId, Optional.empty());
    }

    public Lane lane() {
        return new Lane(connection, channel);
    }
}
