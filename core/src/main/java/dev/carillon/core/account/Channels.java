// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import dev.carillon.core.message.Channel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * By which channels an account's messages go.
 *
 * @param order those that it allows, the best first; at least one, none twice
 * @param fallback whether another channel or connection is tried without being asked when a message does not arrive
 */
public record Channels(List<Channel> order, boolean fallback) {
    /** Text messages. */
    public static final Channels STANDARD = new Channels(List.of(Channel.SMS), true);

    public Channels {
        if (order.isEmpty() || new HashSet<>(order).size() != order.size()) {
            throw new IllegalArgumentException("channels must be at least one, and none twice");
        }
        order = List.copyOf(order);
    }

    /**
     * Reads a list such as {@code whatsapp,sms}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static List<Channel> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(name -> Channel.of(name)
                        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not one of "
                                + Arrays.stream(Channel.values())
                                        .map(Channel::text)
                                        .collect(Collectors.joining(", ")))))
                .toList();
    }

    /** As {@link #parse} reads it. */
    public String text() {
        return order.stream().map(Channel::text).collect(Collectors.joining(","));
    }
}
