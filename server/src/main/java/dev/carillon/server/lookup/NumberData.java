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
import java.util.List;
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
 */
record NumberData(Operators operators, List<NumberTable> disposable, NumberTable ported) {
    private static final int FIELDS = 3;
    /** In place of a main network: the operator has none. */
    private static final String NONE = "-";

    /** What the program brings along; bin/lookup-data makes it. */
    static NumberData shipped() {
        return new NumberData(
                new Operators(resource("operators.csv"), resource("networks.csv")),
                List.of(shippedDisposable()),
                NumberTable.EMPTY);
    }

    /**
     * What the program brings along, and what was imported.
     *
     * @throws DataException when that cannot be read
     */
    static NumberData with(DataFolder imported) {
        List<Operator> listed = new ArrayList<>(resource("networks.csv"));
        imported.read(DataKind.NETWORKS, line -> listed.add(operator(line)));
        NumberTable.Builder disposable = new NumberTable.Builder();
        imported.read(
                DataKind.DISPOSABLE,
                line -> disposable.add(
                        number(line), (int) LocalDate.parse(value(line)).toEpochDay()));
        NumberTable.Builder ported = new NumberTable.Builder();
        imported.read(DataKind.PORTED, line -> ported.add(number(line), Integer.parseInt(value(line))));
        return new NumberData(
                new Operators(resource("operators.csv"), listed),
                List.of(shippedDisposable(), disposable.build()),
                ported.build());
    }

    /** When a number was last seen among those that are lent to everybody. */
    Optional<LocalDate> lastDisposable(PhoneNumber number) {
        int last = Integer.MIN_VALUE;
        for (NumberTable table : disposable) {
            last = Math.max(last, table.get(number).orElse(last));
        }
        return last == Integer.MIN_VALUE ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(last));
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
