// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import dev.carillon.core.message.Channel;

/**
 * One connection's use for one channel: what has a price, a health and a place in a route.
 *
 * @param connection the connection's name
 */
public record Lane(String connection, Channel channel) {
    @Override
    public String toString() {
        return connection + "/" + channel.text();
    }
}
