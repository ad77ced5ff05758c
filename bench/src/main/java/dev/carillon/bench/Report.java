// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The figures of a run.
 *
 * @param rate the arrival rate asked for, in pairs/s; 0 in the closed loop
 * @param clientCpu the part of one core that the client itself used: near 1, the client was what was measured
 * @param errors how often each kind of wrong answer came; a run is only a measurement when this is empty
 */
record Report(
        String mode,
        int connections,
        double rate,
        double seconds,
        double pairsPerSecond,
        double operationsPerSecond,
        Latency create,
        Latency check,
        Latency all,
        double clientCpu,
        Map<String, Long> errors) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** Percentiles in milliseconds. */
    record Latency(long count, double p50Ms, double p90Ms, double p99Ms, double p999Ms, double maxMs) {

        static Latency of(Histogram nanos) {
            return new Latency(
                    nanos.getTotalCount(),
                    millis(nanos.getValueAtPercentile(50)),
                    millis(nanos.getValueAtPercentile(90)),
                    millis(nanos.getValueAtPercentile(99)),
                    millis(nanos.getValueAtPercentile(99.9)),
                    millis(nanos.getMaxValue()));
        }

        private static double millis(long nanos) {
            return TimeUnit.NANOSECONDS.toMicros(nanos) / 1e3;
        }

        private String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-8s%10d%10.2f%10.2f%10.2f%10.2f%10.2f%n",
                    name,
                    count,
                    p50Ms,
                    p90Ms,
                    p99Ms,
                    p999Ms,
                    maxMs);
        }
    }

    static Report of(LoadPlan plan, Measurements measurements, double clientCpu) {
        return new Report(
                plan.isOpenLoop() ? "open" : "closed",
                plan.connections(),
                plan.pairsPerSecond(),
                measurements.seconds(),
                measurements.pairsPerSecond(),
                measurements.operationsPerSecond(),
                Latency.of(measurements.create()),
                Latency.of(measurements.check()),
                Latency.of(measurements.all()),
                clientCpu,
                measurements.errors());
    }

    /** Whether every answer was the right one, and there was one. */
    boolean clean() {
        return errors.isEmpty() && all.count > 0;
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    String text() {
        String loop =
                mode.equals("open") ? String.format(Locale.ROOT, "open loop at %.0f pairs/s", rate) : "closed loop";
        return String.format(
                        Locale.ROOT,
                        "%s, %d connections, %.1f s measured%n%.0f pairs/s, %.0f operations/s (client: %.0f %% of a core)%n%n",
                        loop,
                        connections,
                        seconds,
                        pairsPerSecond,
                        operationsPerSecond,
                        clientCpu * 100)
                + String.format("%-8s%10s%10s%10s%10s%10s%10s%n", "ms", "count", "p50", "p90", "p99", "p99.9", "max")
                + create.line("create")
                + check.line("check")
                + all.line("all");
    }

    /** What went wrong, loudly; empty when nothing did. */
    String complaint() {
        if (clean()) {
            return "";
        }
        StringBuilder text = new StringBuilder("FAILED: this run is no measurement.\n");
        new TreeMap<>(errors)
                .forEach((kind, count) -> text.append(String.format(Locale.ROOT, "%10d  %s%n", count, kind)));
        if (all.count == 0) {
            text.append("            nothing was completed in the measured window\n");
        }
        return text.toString();
    }
}
