// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The connections of a configuration, opened for one command. Nothing here holds a secret of theirs. */
public interface Connections extends AutoCloseable {
    /** What {@link Sent#result} says of a message that a provider took. */
    String ACCEPTED = "accepted";

    /**
     * A connection.
     *
     * @param isUp whether messages can be handed over, as far as can be told without sending one
     * @param detail more on that; may be empty
     */
    record ConnectionInfo(
            String name, String kind, Set<String> channels, Countries countries, boolean isUp, String detail) {}

    /**
     * A message to be sent for a try.
     *
     * @param to E.164
     * @param channel empty: SMS if the connection has it, else its first
     * @param text with {@code {{code}}} for the code, if it shall have one; empty: as users get it
     * @param sender empty: the connection's
     * @param templateIds by the names of {@link dev.carillon.core.message.TemplateIds}
     */
    record TestMessage(
            String connection,
            String to,
            Optional<String> channel,
            Optional<String> text,
            Optional<String> sender,
            Map<String, String> templateIds) {}

    /**
     * What became of it.
     *
     * @param result {@link #ACCEPTED}, {@code rejected}, {@code fault} or {@code unknown}
     * @param detail the provider's words; may be empty
     * @param code what was sent; it opens nothing
     */
    record Sent(
            String result,
            Optional<String> providerId,
            Optional<Money> price,
            String detail,
            String sender,
            String channel,
            String code) {}

    /**
     * All connections, in order of their names.
     *
     * @param patience how long to wait for them to come up
     */
    List<ConnectionInfo> list(Duration patience);

    /**
     * Really sends a message.
     *
     * @param patience how long to wait for the connection to come up
     * @throws AdministrationException when there is no such connection, or it has no such channel
     */
    Sent send(TestMessage message, Duration patience);

    @Override
    void close();
}
