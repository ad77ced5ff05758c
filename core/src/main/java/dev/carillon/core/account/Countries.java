// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The countries that an account sends to.
 *
 * @param codes ISO 3166-1 alpha-2, upper case; empty means all
 */
public record Countries(Set<String> codes) {
    public static final Countries ALL = new Countries(Set.of());
    private static final Set<String> KNOWN = Set.of(Locale.getISOCountries());

    public Countries {
        codes = Collections.unmodifiableSet(new TreeSet<>(codes));
    }

    /**
     * Reads {@code all} or a list such as {@code US,FR}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static Countries parse(String text) {
        if (text.equalsIgnoreCase("all")) {
            return ALL;
        }
        Set<String> codes = new TreeSet<>();
        Arrays.stream(text.split(",", -1))
                .map(code -> code.strip().toUpperCase(Locale.ROOT))
                .forEach(codes::add);
        for (String code : codes) {
            // XK is not in ISO 3166-1, but it is what numbering plans and everybody else call Kosovo.
            if (!KNOWN.contains(code) && !code.equals("XK")) {
                throw new IllegalArgumentException("'" + code + "' is not an ISO 3166-1 alpha-2 country code");
            }
        }
        return new Countries(codes);
    }

    public boolean contains(String code) {
        return codes.isEmpty() || codes.contains(code);
    }

    @Override
    public String toString() {
        return codes.isEmpty() ? "all" : String.join(",", codes);
    }
}
