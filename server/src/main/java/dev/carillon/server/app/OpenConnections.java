// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.config.ConfigException;
import dev.carillon.server.config.ConnectionsTree;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.ConnectionSettingsReader;
import dev.carillon.server.delivery.Connections;
import dev.carillon.server.delivery.Paced;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The connections of a configuration, opened. */
final class OpenConnections implements AutoCloseable {
    private final List<Connections.Entry> all;

    private OpenConnections(List<Connections.Entry> all) {
        this.all = List.copyOf(all);
    }

    /**
     * Reads what the operator said of them.
     *
     * @throws ConfigException naming the setting that is missing, unknown or wrong
     */
    static List<ConnectionSettings> settings(ConnectionsTree tree, Collection<ConnectionKind> kinds) {
        try {
            return new ConnectionSettingsReader(kinds).read(tree.byName(), tree::variable);
        } catch (IllegalArgumentException e) {
            throw refused(e, tree);
        }
    }

    /**
     * Opens all of them, or none.
     *
     * @throws ConfigException naming the setting that is missing, unknown or wrong
     */
    static OpenConnections open(ConnectionsTree tree, Collection<ConnectionKind> kinds, ConnectionContext context) {
        List<Connections.Entry> opened = new ArrayList<>();
        try {
            ConnectionSettingsReader reader = new ConnectionSettingsReader(kinds);
            for (ConnectionSettings settings : settings(tree, kinds)) {
                opened.add(new Connections.Entry(settings, open(reader.kind(settings), settings, context)));
            }
            return new OpenConnections(opened);
        } catch (RuntimeException e) {
            opened.forEach(named -> named.connection().close());
            throw e instanceof IllegalArgumentException ? refused(e, tree) : e;
        }
    }

    private static Connection open(ConnectionKind kind, ConnectionSettings settings, ConnectionContext context) {
        Connection connection = kind.open(settings, context);
        return settings.messagesPerSecond()
                .filter(_ -> !kind.keepsPace())
                .<Connection>map(perSecond -> new Paced(connection, perSecond, settings.timeout()))
                .orElse(connection);
    }

    private static ConfigException refused(RuntimeException e, ConnectionsTree tree) {
        return new ConfigException(e.getMessage() + " (from " + tree.origin() + ")", e);
    }

    /** In order of their names. */
    List<Connections.Entry> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(named -> named.connection().close());
    }
}
