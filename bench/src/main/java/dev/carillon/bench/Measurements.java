// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What happened in a run. Latencies are kept of operations that should have started in the measured window, however late
 * their answer came; rates count the answers that came within it. Errors count always: a run that had one is no measurement.
 * All times are nanoseconds since the run began.
 */
final class Measurements {
    enum Operation {
        CREATE,
        CHECK
    }

    private static final int SIGNIFICANT_DIGITS = 3;

    private final long from;
    private final long to;
    private final Histogram create = new Histogram(SIGNIFICANT_DIGITS);
    private final Histogram check = new Histogram(SIGNIFICANT_DIGITS);
    private final Map<String, Long> errors = new TreeMap<>();
    private long creates;
    private long checks;

    Measurements(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** An operation that got the right answer. */
    void completed(Operation operation, long intendedStart, long answered) {
        boolean isCheck = operation == Operation.CHECK;
        if (intendedStart >= from && intendedStart < to) {
            (isCheck ? check : create).recordValue(answered - intendedStart);
        }
        if (answered >= from && answered < to) {
            if (isCheck) {
                checks++;
            } else {
                creates++;
            }
        }
    }

    void error(String kind) {
        errors(kind, 1);
    }

    void errors(String kind, long count) {
        errors.merge(kind, count, Long::sum);
    }

    Histogram create() {
        return create;
    }

    Histogram check() {
        return check;
    }

    Histogram all() {
        Histogram all = create.copy();
        all.add(check);
        return all;
    }

    /** Pairs completed, in other words checks, per second of the measured window. */
    double pairsPerSecond() {
        return checks / seconds();
    }

    double operationsPerSecond() {
        return (creates + checks) / seconds();
    }

    double seconds() {
        return (to - from) / 1e9;
    }

    /** How often each kind of error happened. */
    Map<String, Long> errors() {
        return Map.copyOf(errors);
    }
}
