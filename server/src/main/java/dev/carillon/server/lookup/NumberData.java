// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup;

import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.Operator;
import dev.carillon.core.phone.Operators;
import dev.carillon.core.phone.PhoneNumber;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPInputStream;

/**
 * The tables that answers are made of. Immutable.
 *
 * @param operators operators and their networks
 * @param disposable for numbers that are lent to everybody, the day after 1970 when they were last seen: one table of the program's and one
 *     that was imported
 * @param ported for numbers of which it was imported, the network that serves them
 * @param ranges for the digits that ranges begin with, where that was imported, the place of their operator in {@code holders}
 * @param holders names of operators
 */
record NumberData(
        Operators operators,
        List<NumberTable> disposable,
        NumberTable ported,
        NumberTable ranges,
        List<String> holders) {
    private static final int FIELDS = 3;
    /** In place of a main network: the operator has none. */
    private static final String NONE = "-";

    /** Read once, by whoever needs them first. */
    private static final class Shipped {
        static final List<Operator> BY_HAND = resource("operators.csv");
        static final List<Operator> LISTED = resource("networks.csv");
        static final NumberTable DISPOSABLE = shippedDisposable();
        static final NumberData ALL = new NumberData(
                new Operators(BY_HAND, LISTED), List.of(DISPOSABLE), NumberTable.EMPTY, NumberTable.EMPTY, List.of());
    }

    /** What the program brings along; bin/lookup-data makes it. */
    static NumberData shipped() {
        return Shipped.ALL;
    }

    /**
     * What the program brings along, and what was imported.
     *
     * @throws DataException when that cannot be read
     */
    static NumberData with(DataFolder imported) {
        List<Operator> listed = new ArrayList<>(Shipped.LISTED);
        imported.read(DataKind.NETWORKS, line -> listed.add(operator(line)));
        NumberTable.Builder disposable = new NumberTable.Builder();
        imported.read(
                DataKind.DISPOSABLE,
                line -> disposable.add(
                        number(line), (int) LocalDate.parse(value(line)).toEpochDay()));
        NumberTable.Builder ported = new NumberTable.Builder();
        imported.read(DataKind.PORTED, line -> ported.add(number(line), Integer.parseInt(value(line))));
        NumberTable.Builder ranges = new NumberTable.Builder();
        Map<String, Integer> holders = new LinkedHashMap<>();
        imported.read(
                DataKind.RANGES,
                line -> ranges.add(number(line), holders.computeIfAbsent(value(line), _ -> holders.size())));
        return new NumberData(
                new Operators(Shipped.BY_HAND, listed),
                List.of(Shipped.DISPOSABLE, disposable.build()),
                ported.build(),
                ranges.build(),
                List.copyOf(holders.keySet()));
    }

    /** When a number was last seen among those that are lent to everybody. */
    Optional<LocalDate> lastDisposable(PhoneNumber number) {
        int last = Integer.MIN_VALUE;
        for (NumberTable table : disposable) {
            last = Math.max(last, table.get(number).orElse(last));
        }
        return last == Integer.MIN_VALUE ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(last));
    }

    /** The operator that the number's range was given to, where it was imported. */
    Optional<String> holder(PhoneNumber number) {
        OptionalInt found = ranges.beginning(number);
        return found.isEmpty() ? Optional.empty() : Optional.of(holders.get(found.getAsInt()));
    }

    /** The network that serves a number, where it was imported. */
    Optional<Network> portedTo(PhoneNumber number) {
        OptionalInt code = ported.get(number);
        return code.isEmpty() ? Optional.empty() : Optional.of(new Network(Integer.toString(code.getAsInt())));
    }

    private static NumberTable shippedDisposable() {
        try (InputStream in = open("disposable.bin.gz")) {
            return NumberTable.read(new GZIPInputStream(in));
        } catch (IOException e) {
            throw new UncheckedIOException("the tables in the program cannot be read", e);
        }
    }

    private static List<Operator> resource(String name) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(NumberData::operator)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the tables in the program cannot be read", e);
        }
    }

    /** Of {@code region;network|network;name|name}. */
    private static Operator operator(String line) {
        String[] fields = line.split(";", FIELDS);
        List<String> codes = List.of(fields[1].split("\\|", -1));
        List<Network> networks = codes.stream()
                .filter(code -> !code.equals(NONE))
                .map(Network::new)
                .toList();
        return new Operator(
                fields[0],
                Optional.of(networks.getFirst()).filter(_ -> !codes.getFirst().equals(NONE)),
                networks,
                Arrays.asList(fields[2].split("\\|", -1)));
    }

    private static long number(String line) {
        return Long.parseLong(line, 0, line.indexOf(';'), 10);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(';') + 1);
    }

    private static InputStream open(String name) {
        InputStream in = NumberData.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("no resource " + name);
        }
        return in;
    }
}
