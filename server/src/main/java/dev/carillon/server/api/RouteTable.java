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
    private static final String VARIABLE = "/{}";

    private final Map<String, Map<String, Route>> fixed = new HashMap<>();
    /** By their paths, with the mark where the segment is. */
    private final Map<String, Map<String, Route>> variable = new LinkedHashMap<>();

    RouteTable(List<Route> routes) {
        for (Route route : routes) {
            Map<String, Map<String, Route>> table = route.path().contains(VARIABLE) ? variable : fixed;
            table.computeIfAbsent(route.path(), path -> new LinkedHashMap<>())
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
        for (Map.Entry<String, Map<String, Route>> candidate : variable.entrySet()) {
            String segment = segment(candidate.getKey(), path);
            if (!segment.isEmpty()) {
                return match(candidate.getValue(), method, segment);
            }
        }
        return new Match(null, "", List.of());
    }

    /** What stands in the path where the pattern is open; empty when they do not agree. */
    private static String segment(String pattern, String path) {
        int from = pattern.indexOf(VARIABLE) + 1;
        int after = pattern.length() - from - 2;
        int to = path.length() - after;
        boolean fits = to > from
                && path.regionMatches(0, pattern, 0, from)
                && path.regionMatches(to, pattern, from + 2, after)
                && path.indexOf('/', from) == (after == 0 ? -1 : to);
        return fits ? path.substring(from, to) : "";
    }

    private static Match match(Map<String, Route> methods, Method method, String parameter) {
        return new Match(methods.get(method.text()), parameter, List.copyOf(methods.keySet()));
    }
}
