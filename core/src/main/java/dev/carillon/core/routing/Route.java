// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import dev.carillon.core.message.Channel;
import java.util.List;

/**
 * The plan for one attempt: which connection is asked first, and which ones if it cannot send.
 *
 * @param hops in the order in which they are tried; at least one
 * @param reasons why they are in this order and what was left out, for the operator; empty where there was nothing to choose
 */
public record Route(List<Hop> hops, List<String> reasons) {
    private static final String NOWHERE = "";

    public Route {
        if (hops.isEmpty()) {
            throw new IllegalArgumentException("a route has at least one hop");
        }
        hops = List.copyOf(hops);
        reasons = List.copyOf(reasons);
    }

    /** The route of a message that no connection can take: it says only what the message would have been. */
    static Route nowhere(Channel channel, String senderId, List<String> reasons) {
        return new Route(List.of(new Hop(channel, NOWHERE, senderId)), reasons);
    }

    /** Whether no connection can take the message. */
    public boolean isNowhere() {
        return hops.getFirst().connection().equals(NOWHERE);
    }
}
