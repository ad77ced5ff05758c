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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The connections of a configuration, opened. */
final class OpenConnections implements AutoCloseable {
    /** A connection with what the operator said of it. */
    record Named(ConnectionSettings settings, Connection connection) {}

    private final List<Named> all;

    private OpenConnections(List<Named> all) {
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
        List<Named> opened = new ArrayList<>();
        try {
            ConnectionSettingsReader reader = new ConnectionSettingsReader(kinds);
            for (ConnectionSettings settings : settings(tree, kinds)) {
                opened.add(new Named(settings, reader.kind(settings).open(settings, context)));
            }
            return new OpenConnections(opened);
        } catch (RuntimeException e) {
            opened.forEach(named -> named.connection().close());
            throw e instanceof IllegalArgumentException ? refused(e, tree) : e;
        }
    }

    private static ConfigException refused(RuntimeException e, ConnectionsTree tree) {
        return new ConfigException(e.getMessage() + " (from " + tree.origin() + ")", e);
    }

    /** In order of their names. */
    List<Named> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(named -> named.connection().close());
    }
}
