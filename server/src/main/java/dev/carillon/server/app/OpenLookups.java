// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.config.ConfigException;
import dev.carillon.server.config.ConnectionsTree;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import dev.carillon.server.lookup.paid.LookupKind;
import dev.carillon.server.lookup.paid.LookupSettings;
import dev.carillon.server.lookup.paid.LookupSettingsReader;
import dev.carillon.server.lookup.paid.PaidLookups.Entry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The providers of lookups that a configuration has. */
final class OpenLookups {
    private OpenLookups() {}

    /**
     * Reads what the operator said of them.
     *
     * @throws ConfigException naming the setting that is missing, unknown or wrong
     */
    static List<LookupSettings> settings(ConnectionsTree tree, Collection<LookupKind> kinds) {
        try {
            return new LookupSettingsReader(kinds).read(tree.byName(), tree::variable);
        } catch (IllegalArgumentException e) {
            throw refused(e, tree);
        }
    }

    /**
     * Opens all of them, or none.
     *
     * @return in the order of the settings
     * @throws ConfigException naming the setting that is missing, unknown or wrong
     */
    static List<Entry> open(ConnectionsTree tree, Collection<LookupKind> kinds, InstantSource clock) {
        List<Entry> opened = new ArrayList<>();
        try {
            for (LookupSettings settings : settings(tree, kinds)) {
                JdkHttpCalls calls = JdkHttpCalls.of(settings.timeout());
                try {
                    opened.add(new Entry(settings, settings.kind().open(settings.options(), calls, clock)));
                } catch (IllegalArgumentException e) {
                    calls.close();
                    throw e;
                }
            }
            return List.copyOf(opened);
        } catch (IllegalArgumentException e) {
            opened.forEach(entry -> entry.provider().close());
            throw refused(e, tree);
        }
    }

    private static ConfigException refused(IllegalArgumentException e, ConnectionsTree tree) {
        return new ConfigException(e.getMessage() + " (from " + tree.origin() + ")", e);
    }
}
