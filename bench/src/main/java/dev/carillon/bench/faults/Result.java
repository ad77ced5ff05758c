// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import dev.carillon.bench.history.Exchange;
import dev.carillon.bench.history.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What came of the cycles of one fault. Not thread-safe. */
final class Result {
    static final String HEAD = """
            | store | fault | cycles | requests | answered | refused | no answer | longest silence | violations |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |""";

    private final Engine engine;
    private final String fault;
    private int cycles;
    private long requests;
    private long answered;
    private long refused;
    private long unknown;
    private long silence;
    private final List<String> violations = new ArrayList<>();

    Result(Engine engine, String fault) {
        this.engine = engine;
        this.fault = fault;
    }

    /** @param loaded when the users had ended: the silence between two answers counts until then; 0: there were none */
    void count(List<Exchange> exchanges, long loaded, List<Violation> found, Path file) {
        cycles += loaded > 0 ? 1 : 0;
        requests += exchanges.size();
        answered += count(exchanges, Exchange.Outcome.ANSWERED);
        refused += count(exchanges, Exchange.Outcome.REFUSED);
        unknown += count(exchanges, Exchange.Outcome.UNKNOWN);
        long before = 0;
        for (long at : exchanges.stream()
                .filter(exchange -> exchange.outcome() == Exchange.Outcome.ANSWERED)
                .sorted(Comparator.comparingLong(Exchange::to))
                .mapToLong(Exchange::to)
                .toArray()) {
            silence = before < loaded ? Math.max(silence, at - before) : silence;
            before = at;
        }
        found.forEach(violation -> violations.add(violation + " (" + file + ")"));
    }

    private static long count(List<Exchange> exchanges, Exchange.Outcome outcome) {
        return exchanges.stream()
                .filter(exchange -> exchange.outcome() == outcome)
                .count();
    }

    List<String> violations() {
        return violations;
    }

    /** A line of the table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %,d | %,d | %,d | %,d | %.1f s | %d |",
                engine,
                fault,
                cycles,
                requests,
                answered,
                refused,
                unknown,
                silence / 1e9,
                violations.size());
    }
}
