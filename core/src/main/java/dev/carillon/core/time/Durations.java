// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.time;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Durations as an operator writes them: a whole number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private record Unit(String name, Duration length) {}

    /** Largest first, so that {@link #format} finds the shortest text. */
    private static final List<Unit> UNITS = List.of(
            new Unit("d", Duration.ofDays(1)),
            new Unit("h", Duration.ofHours(1)),
            new Unit("m", Duration.ofMinutes(1)),
            new Unit("s", Duration.ofSeconds(1)),
            new Unit("ms", Duration.ofMillis(1)));

    private Durations() {}

    /**
     * Reads one duration, such as {@code 30s}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration, such as 30s, 10m, 1h or 1d");
        }
        Duration unit = UNITS.stream()
                .filter(candidate -> candidate.name().equals(matcher.group(2)))
                .findFirst()
                .orElseThrow()
                .length();
        return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    }

    /**
     * Reads a list, such as {@code 30s,60s,120s}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static List<Duration> parseList(String text) {
        return List.of(text.split(",", -1)).stream().map(Durations::parse).toList();
    }

    /** The shortest text that {@link #parse} reads as the same duration, to the millisecond. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        return UNITS.stream()
                .filter(unit -> duration.toMillis() % unit.length().toMillis() == 0)
                .findFirst()
                .map(unit -> duration.dividedBy(unit.length()) + unit.name())
                .orElseThrow();
    }

    public static String format(List<Duration> durations) {
        return durations.stream().map(Durations::format).collect(Collectors.joining(","));
    }
}
