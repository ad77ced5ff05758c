// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.generic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with variables written <code>{{name}}</code>. Immutable. */
public final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([a-z0-9_.-]+)\\s*}}");
    private static final Pattern SLIP = Pattern.compile("\\{\\{\\s*[A-Za-z][^}\\s\"]{0,20}(?:}})?");

    private final List<Part> parts;
    private final Escape escape;

    private sealed interface Part {}

    private record Literal(String text) implements Part {}

    private record Variable(String name) implements Part {}

    private Template(List<Part> parts, Escape escape) {
        this.parts = List.copyOf(parts);
        this.escape = escape;
    }

    /**
     * Reads a template.
     *
     * @param known the names that variables may have
     * @throws IllegalArgumentException saying what is wrong, to be read after the option's name
     */
    public static Template parse(String text, Escape escape, Set<String> known) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            parts.add(new Literal(literal(text.substring(end, matcher.start()))));
            String name = matcher.group(1);
            if (!known.contains(name)) {
                throw new IllegalArgumentException("has a variable {{" + name + "}}, but there are only "
                        + String.join(", ", new TreeSet<>(known)));
            }
            parts.add(new Variable(name));
            end = matcher.end();
        }
        parts.add(new Literal(literal(text.substring(end))));
        return new Template(parts, escape);
    }

    /** The text with all variables filled in. */
    public String fill(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal literal -> text.append(literal.text());
                case Variable variable -> text.append(escape.apply(values.getOrDefault(variable.name(), "")));
            }
        }
        return text.toString();
    }

    /** Whether it has one of these variables. */
    public boolean uses(Set<String> names) {
        return parts.stream().anyMatch(part -> part instanceof Variable(String name) && names.contains(name));
    }

    /** The text before the first variable. */
    public String start() {
        return parts.getFirst() instanceof Literal(String text) ? text : "";
    }

    /** Whether there is anything to fill in. */
    public boolean hasVariables() {
        return parts.size() > 1;
    }

    /** Braces may stand in a text, and most of all in JSON; two that open a name which is none are a slip. */
    private static String literal(String text) {
        Matcher slip = SLIP.matcher(text);
        if (slip.find()) {
            throw new IllegalArgumentException("has a variable that cannot be read: " + slip.group());
        }
        return text;
    }
}
