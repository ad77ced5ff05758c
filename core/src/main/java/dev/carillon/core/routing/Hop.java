// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import dev.carillon.core.message.Channel;

/**
 * One way to send one message.
 *
 * @param connection the connection's name; empty in a route that leads nowhere
 * @param senderId who the message says it is from
 */
public record Hop(Channel channel, String connection, String senderId) {
    public Lane lane() {
        return new Lane(connection, channel);
    }
}
