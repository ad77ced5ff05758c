// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import io.helidon.http.Method;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request by the path as it was sent: nothing is decoded, normalised or guessed. Immutable. */
final class RouteTable {
    private final Map<String, Map<String, Route>> fixed = new HashMap<>();
    private final Map<String, Map<String, Route>> variable = new HashMap<>();

    RouteTable(List<Route> routes) {
        for (Route route : routes) {
            Map<String, Map<String, Route>> table = route.isVariable() ? variable : fixed;
            table.computeIfAbsent(route.prefix(), path -> new LinkedHashMap<>())
                    .put(route.method().text(), route);
        }
    }

    /**
     * What was found.
     *
     * @param route null when there is no such path, or when it does not take the method
     * @param parameter the variable segment, still encoded
     * @param allowed the methods that the path takes; empty when there is no such path
     */
    record Match(@Nullable Route route, String parameter, List<String> allowed) {}

    Match find(Method method, String path) {
        Map<String, Route> methods = fixed.get(path);
        if (methods != null) {
            return match(methods, method, "");
        }
        int slash = path.lastIndexOf('/') + 1;
        methods = slash < path.length() ? variable.get(path.substring(0, slash)) : null;
        return methods != null ? match(methods, method, path.substring(slash)) : new Match(null, "", List.of());
    }

    private static Match match(Map<String, Route> methods, Method method, String parameter) {
        return new Match(methods.get(method.text()), parameter, List.copyOf(methods.keySet()));
    }
}
