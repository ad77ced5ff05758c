// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.util.List;
import java.util.Optional;

/**
 * An operator in one region.
 *
 * @param region ISO 3166-1 alpha-2 in upper case
 * @param main the network that its customers are in, where one can be named; absent, for example, where each part of a country
 *     has its own
 * @param networks all that are known to be its own, the main one too; not empty
 * @param names what it is called, the usual one first; not empty
 */
public record Operator(String region, Optional<Network> main, List<Network> networks, List<String> names) {

    /** @throws IllegalArgumentException when there is no network or no name, or the main network is not among the networks */
    public Operator {
        networks = List.copyOf(networks);
        names = List.copyOf(names);
        if (networks.isEmpty()
                || names.isEmpty()
                || !networks.containsAll(main.stream().toList())) {
            throw new IllegalArgumentException("an operator has networks and a name");
        }
    }

    /** The usual name. */
    public String name() {
        return names.getFirst();
    }
}
