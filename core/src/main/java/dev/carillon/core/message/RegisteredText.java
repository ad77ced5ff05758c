// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A text as it stands in a country's registry, with places that may differ from message to message: India's DLT, where carriers
 * drop what does not match. A place is written {@code {#var#}}; other words between the signs are taken too, for the registry
 * has begun to name what a place holds ({@code {#numeric#}}).
 *
 * @param text 1 to 1,000 characters, with at least one place, for the code
 */
public record RegisteredText(String text) {
    /** What a place may hold at most; some platforms allow 40, none less than 30. */
    private static final int MAX_PLACE = 30;

    private static final int MAX_LENGTH = 1_000;
    private static final Pattern PLACE = Pattern.compile("\\{#[A-Za-z]+#}");

    /** @throws IllegalArgumentException in words for who wrote it */
    public RegisteredText {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a registered text has at most " + MAX_LENGTH + " characters");
        }
        if (!PLACE.matcher(text).find()) {
            throw new IllegalArgumentException("a registered text has a place {#var#} for the code");
        }
    }

    /** Whether a message would pass: all but the places alike to the letter, and 1 to 30 characters in each place. */
    public boolean matches(String message) {
        List<String> literals = new ArrayList<>(List.of(PLACE.split(text, -1)));
        // All ends of what was matched so far: a pattern with as many wildcards could take for ever.
        TreeSet<Integer> ends = new TreeSet<>();
        if (message.startsWith(literals.getFirst())) {
            ends.add(literals.getFirst().length());
        }
        for (String literal : literals.subList(1, literals.size())) {
            TreeSet<Integer> next = new TreeSet<>();
            for (int end : ends) {
                for (int place = 1; place <= MAX_PLACE && end + place <= message.length(); place++) {
                    if (message.startsWith(literal, end + place)) {
                        next.add(end + place + literal.length());
                    }
                }
            }
            ends = next;
        }
        return ends.contains(message.length());
    }
}
