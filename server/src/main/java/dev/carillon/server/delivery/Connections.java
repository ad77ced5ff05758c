// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Candidate;
import dev.carillon.core.routing.Lane;
import dev.carillon.core.routing.Price;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.routing.Senders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that are open, by name, and what routes can be made of them. Thread-safe. */
public final class Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Map<String, Entry> byName = new LinkedHashMap<>();
    private final List<Candidate> candidates;
    private final Breakers breakers = new Breakers();
    private final Patience patience = new Patience();

    /** A connection and what it was made of. */
    public record Entry(ConnectionSettings settings, Connection connection) {}

    /**
     * Takes connections.
     *
     * @param entries in the operator's order; not empty, or nothing could be sent: where no connection is configured this is the
     *     simulator
     * @throws IllegalArgumentException when two have the same name
     */
    public Connections(List<Entry> entries) {
        List<Candidate> all = new ArrayList<>();
        for (Entry entry : entries) {
            ConnectionSettings settings = entry.settings();
            if (byName.put(settings.name(), entry) != null) {
                throw new IllegalArgumentException("two connections are called " + settings.name());
            }
            // In the order of the enum, since a set has none and every node must plan alike.
            Arrays.stream(Channel.values())
                    .filter(settings.channels()::contains)
                    .forEach(channel -> all.add(candidate(settings, channel)));
        }
        candidates = List.copyOf(all);
    }

    /** The connection of this name. */
    public Optional<Connection> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(Entry::connection);
    }

    /** All of them, in the operator's order. */
    public List<Entry> all() {
        return List.copyOf(byName.values());
    }

    /** What routes can be made of at this moment. */
    public RoutingTable table() {
        return new RoutingTable(candidates, breakers.troubled(), down());
    }

    private Set<String> down() {
        Set<String> down = new HashSet<>();
        byName.forEach((name, entry) -> {
            if (!entry.connection().state().isUp()) {
                down.add(name);
            }
        });
        return down;
    }

    Breakers breakers() {
        return breakers;
    }

    Patience patience() {
        return patience;
    }

    /** Closes all of them, also when one cannot be. */
    @Override
    public void close() {
        for (Entry entry : byName.values()) {
            try {
                entry.connection().close();
            } catch (RuntimeException e) {
                LOG.warn("Connection {} was not closed: {}", entry.settings().name(), e.toString());
            }
        }
    }

    private static Candidate candidate(ConnectionSettings settings, Channel channel) {
        return new Candidate(
                new Lane(settings.name(), channel),
                settings.countries(),
                settings.prices().stream().map(Connections::price).toList(),
                new Senders(settings.sender(), settings.senders()));
    }

    private static Price price(ConnectionSettings.Price line) {
        return new Price(line.channel(), line.country(), line.network().map(Network::new), line.price());
    }
}
