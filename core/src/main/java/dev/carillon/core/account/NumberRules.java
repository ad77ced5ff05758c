// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import dev.carillon.core.phone.LineType;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an account thinks of numbers, besides their countries.
 *
 * @param lines the kinds of lines that it sends codes to; some of {@link #POSSIBLE}, at least one
 * @param temporary whether it sends codes to numbers that are known to be lent to everybody
 * @param callerNames whether its lookups may ask, at a price, who a number is listed as (CNAM)
 */
public record NumberRules(Set<LineType> lines, boolean temporary, boolean callerNames) {
    /**
     * The kinds that can be allowed. The others cannot take a message or make money from those that they get, such as premium
     * rate, shared cost and personal numbers: no policy opens these.
     */
    public static final Set<LineType> POSSIBLE = Collections.unmodifiableSet(
            EnumSet.of(LineType.FIXED_LINE, LineType.MOBILE, LineType.PAGER, LineType.SATELLITE, LineType.VOIP));

    /**
     * Mobile and VoIP lines; throw-away numbers too, since whoever gets another person's old number would be refused for years.
     */
    public static final NumberRules STANDARD = new NumberRules(
            Arrays.stream(LineType.values()).filter(LineType::canReceiveCode).collect(Collectors.toSet()), true, false);

    public NumberRules {
        if (lines.isEmpty() || !POSSIBLE.containsAll(lines)) {
            throw new IllegalArgumentException("lines must be some of " + text(POSSIBLE));
        }
        lines = Collections.unmodifiableSet(EnumSet.copyOf(lines));
    }

    /**
     * Reads a list such as {@code mobile,voip}.
     *
     * @throws IllegalArgumentException with a message for the operator
     */
    public static Set<LineType> parse(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(word -> POSSIBLE.stream()
                        .filter(line -> word(line).equals(word))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalArgumentException("'" + word + "' is not one of " + text(POSSIBLE))))
                .collect(Collectors.toSet());
    }

    /** The lines as {@link #parse} reads them. */
    public String linesText() {
        return text(lines);
    }

    /** The lines by their words. */
    public List<String> lineWords() {
        return lines.stream().map(NumberRules::word).toList();
    }

    private static String text(Set<LineType> lines) {
        return lines.stream().map(NumberRules::word).collect(Collectors.joining(","));
    }

    private static String word(LineType line) {
        return line.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
