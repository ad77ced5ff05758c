// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import java.util.Map;
import java.util.Optional;

/**
 * Who the operator says that a connection's messages are from.
 *
 * @param standard where no country's rule says otherwise
 * @param byCountry a country's rule, by ISO 3166-1 alpha-2: what the operator has registered there
 */
public record Senders(Optional<String> standard, Map<String, String> byCountry) {
    /** No rules. */
    public static final Senders ANY = new Senders(Optional.empty(), Map.of());

    public Senders {
        byCountry = Map.copyOf(byCountry);
    }

    /** The sender for a country, if the operator has one. */
    Optional<String> of(String country) {
        return Optional.ofNullable(byCountry.get(country)).or(() -> standard);
    }
}
