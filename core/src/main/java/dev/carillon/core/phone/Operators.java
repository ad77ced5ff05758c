// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operators of the world and their networks: which network an operator of some name has, and whose network a code is.
 *
 * <p>Names are matched within a region, since most brands are in many. A table that was made by hand goes before a list that was
 * collected: in such lists one brand has many codes, and old ones. Immutable.
 */
public final class Operators {

    private record Entry(Operator operator, boolean byHand) {
        /** By the match of the name, then by hand before collected; 0 when it is another's name. */
        int rank(Set<String> name) {
            int match = OperatorNames.best(operator.names(), name);
            return match == 0 ? 0 : 2 * match + (byHand ? 1 : 0);
        }
    }

    private final Map<String, List<Entry>> regions;
    private final Map<String, Set<String>> codes = new HashMap<>();

    /**
     * Of tables.
     *
     * @param byHand operators that go before the listed ones
     * @param listed one entry for each network, with all names that are heard with it
     */
    public Operators(List<Operator> byHand, List<Operator> listed) {
        regions = Stream.concat(
                        byHand.stream().map(operator -> new Entry(operator, true)),
                        listed.stream().map(operator -> new Entry(operator, false)))
                .collect(Collectors.groupingBy(entry -> entry.operator.region()));
        // By hand first, here too: a collected list has a stray code now and then.
        for (List<Operator> table : List.of(listed, byHand)) {
            codes.putAll(table.stream()
                    .collect(Collectors.groupingBy(
                            Operator::region,
                            Collectors.flatMapping(
                                    operator -> operator.networks().stream().map(Network::mcc),
                                    Collectors.toUnmodifiableSet()))));
        }
    }

    /** The country code of a region's networks (E.212), where it has one only. */
    public Optional<String> mcc(String region) {
        Set<String> all = codes.getOrDefault(region, Set.of());
        return all.size() == 1 ? Optional.of(all.iterator().next()) : Optional.empty();
    }

    /** Whether a network is abroad, seen from a region: a phone that is there roams. False where nothing is known of the region. */
    public boolean isForeign(String region, Network network) {
        Set<String> all = codes.getOrDefault(region, Set.of());
        return !all.isEmpty() && !all.contains(network.mcc());
    }

    /** The regions whose networks have a country code; several islands may share one. */
    public Set<String> regions(String mcc) {
        return codes.entrySet().stream()
                .filter(region -> region.getValue().contains(mcc))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The operator of a name. Compares with all names of the region, some hundred microseconds: keep the answer. */
    public Optional<Operator> named(String region, String name) {
        Set<String> words = OperatorNames.words(name);
        int best = 1;
        List<Entry> found = new ArrayList<>();
        for (Entry candidate : regions.getOrDefault(region, List.of())) {
            int rank = candidate.rank(words);
            if (rank > best) {
                found.clear();
                best = rank;
            }
            if (rank == best) {
                found.add(candidate);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(together(found));
    }

    /** The operator that a network is of. */
    public Optional<Operator> of(String region, Network network) {
        return regions.getOrDefault(region, List.of()).stream()
                .map(Entry::operator)
                .filter(operator -> operator.networks().contains(network))
                // One whose main network it is, before one that has it from another.
                .max((one, other) -> Boolean.compare(
                        one.main().equals(Optional.of(network)), other.main().equals(Optional.of(network))));
    }

    /**
     * Whether a network is an operator's own; absent when it is not known whose it is.
     *
     * @param operator of the network's region
     */
    public Optional<Boolean> owns(Operator operator, Network network) {
        if (operator.networks().contains(network)) {
            return Optional.of(true);
        }
        return of(operator.region(), network).map(owner -> owner.names().stream()
                .anyMatch(name -> OperatorNames.best(operator.names(), OperatorNames.words(name)) > 0));
    }

    /** Several entries of one rank are one operator's; the first network leads. */
    private static Operator together(List<Entry> found) {
        Operator first = found.getFirst().operator;
        if (found.size() == 1) {
            return first;
        }
        Set<Network> networks = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        for (Entry entry : found) {
            networks.addAll(entry.operator.networks());
            names.addAll(entry.operator.names());
        }
        return new Operator(first.region(), first.main(), List.copyOf(networks), List.copyOf(names));
    }
}
