// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings under {@code connections} or {@code lookups}, as the file has them. What they mean is known to those who use them.
 * {@link #toString} shows the names of the entries only, since there are secrets in them.
 *
 * @param byName maps, lists and plain values in the order of the file, see {@link YamlTree}
 * @param variables the environment variables that the settings name ({@code password_env: VARIABLE}), and no others
 * @param origin the file they are from, for messages
 */
public record ConnectionsTree(Map<String, Object> byName, Map<String, String> variables, String origin) {
    static final String CONNECTIONS = "connections";
    static final String LOOKUPS = "lookups";
    static final List<String> NAMES = List.of(CONNECTIONS, LOOKUPS);
    private static final String FROM_ENVIRONMENT = "_env";

    public static final ConnectionsTree NONE = new ConnectionsTree(Map.of(), Map.of(), "");

    public ConnectionsTree {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        variables = Map.copyOf(variables);
    }

    static ConnectionsTree of(Map<String, Object> byName, Map<String, String> environment, String origin) {
        Map<String, String> variables = new TreeMap<>();
        keep(byName, environment, variables);
        return new ConnectionsTree(byName, variables, origin);
    }

    private static void keep(Object node, Map<String, String> environment, Map<String, String> variables) {
        switch (node) {
            case Map<?, ?> map ->
                map.forEach((name, value) -> {
                    if (String.valueOf(name).endsWith(FROM_ENVIRONMENT)
                            && value instanceof String variable
                            && environment.containsKey(variable)) {
                        variables.put(variable, String.valueOf(environment.get(variable)));
                    }
                    keep(value, environment, variables);
                });
            case Collection<?> list -> list.forEach(value -> keep(value, environment, variables));
            default -> {}
        }
    }

    /** An environment variable that the settings name. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    @Override
    public String toString() {
        return "ConnectionsTree" + new TreeSet<>(byName.keySet());
    }
}
