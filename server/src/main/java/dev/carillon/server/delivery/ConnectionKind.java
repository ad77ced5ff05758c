// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.message.Channel;
import java.util.Set;

/** A kind of provider: knows how to make a connection of its settings. */
public interface ConnectionKind {
    /** What {@code kind:} says in the settings, such as {@code twilio}. */
    String name();

    /** The channels that it can do. */
    Set<Channel> channels();

    /** Whether its connections themselves keep to {@link ConnectionSettings#messagesPerSecond}; if not, {@link Paced} does. */
    default boolean keepsPace() {
        return false;
    }

    /**
     * Makes a connection. Does not wait for the provider: one that is down must not keep the server from starting.
     *
     * @throws IllegalArgumentException naming the option that is missing, unknown or wrong
     */
    Connection open(ConnectionSettings settings, ConnectionContext context);
}
