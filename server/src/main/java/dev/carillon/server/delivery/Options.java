// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.time.Durations;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The options of one connection, as the settings file has them: text, numbers, booleans, lists and mappings of these. Every
 * mistake is an {@link IllegalArgumentException} that begins with the option's name and never shows a value that may be a secret.
 *
 * <p>A secret is given as {@code NAME: text}, or, to keep it out of the file, {@code NAME_env: VARIABLE} with the name of an
 * environment variable. Belongs to one thread.
 */
public final class Options {
    private static final String FROM_ENVIRONMENT = "_env";

    private final String prefix;
    private final Map<String, ?> values;
    private final Function<String, Optional<String>> environment;
    private final Set<String> used = new HashSet<>();

    public Options(Map<String, ?> values, Function<String, Optional<String>> environment) {
        this("", values, environment);
    }

    private Options(String prefix, Map<String, ?> values, Function<String, Optional<String>> environment) {
        this.prefix = prefix;
        this.values = values;
        this.environment = environment;
    }

    /** A text that is there and not blank. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "is missing"));
    }

    public String text(String name, String standard) {
        return optionalText(name).orElse(standard);
    }

    /** Numbers are taken too: an id of digits is easily written without quotes. */
    public Optional<String> optionalText(String name) {
        return value(name).map(value -> switch (value) {
            case String text when !text.isBlank() -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case String _ -> throw wrong(name, "is empty");
            default -> throw wrong(name, "must be a text");
        });
    }

    /** A text that must not be shown. */
    public Secret secret(String name) {
        return optionalSecret(name)
                .orElseThrow(() -> wrong(
                        name,
                        "is missing; set it, or " + name + FROM_ENVIRONMENT
                                + " to the name of an environment variable"));
    }

    public Optional<Secret> optionalSecret(String name) {
        Optional<String> variable = optionalText(name + FROM_ENVIRONMENT);
        Optional<String> inline = optionalText(name);
        if (variable.isPresent() && inline.isPresent()) {
            throw wrong(name, "is set twice, by itself and by " + name + FROM_ENVIRONMENT);
        }
        return variable.map(key -> environment
                        .apply(key)
                        .filter(text -> !text.isBlank())
                        .orElseThrow(() -> wrong(
                                name + FROM_ENVIRONMENT,
                                "names the environment variable " + key + ", which is not set")))
                .or(() -> inline)
                .map(Secret::new);
    }

    public int integer(String name, int standard, int least, int most) {
        int number = value(name)
                .map(value -> {
                    if (value instanceof Integer integer) {
                        return integer;
                    }
                    throw wrong(name, "must be a whole number");
                })
                .orElse(standard);
        if (number < least || number > most) {
            throw wrong(name, "must be " + least + " to " + most);
        }
        return number;
    }

    public boolean flag(String name, boolean standard) {
        return value(name)
                .map(value -> {
                    if (value instanceof Boolean flag) {
                        return flag;
                    }
                    throw wrong(name, "must be true or false");
                })
                .orElse(standard);
    }

    /** A decimal number; quotes are allowed, since they keep its digits exact. */
    public Optional<BigDecimal> decimal(String name) {
        return value(name).map(value -> {
            try {
                return new BigDecimal(value.toString());
            } catch (NumberFormatException e) {
                throw wrong(name, "must be a number");
            }
        });
    }

    /** A duration such as {@code 10s}. */
    public Duration duration(String name, Duration standard, Duration least, Duration most) {
        Duration duration = optionalText(name)
                .map(text -> {
                    try {
                        return Durations.parse(text);
                    } catch (IllegalArgumentException e) {
                        throw wrong(name, String.valueOf(e.getMessage()));
                    }
                })
                .orElse(standard);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw wrong(name, "must be " + least.toSeconds() + "s to " + most.toSeconds() + "s");
        }
        return duration;
    }

    /** An absolute http or https URL with a host and no credentials. */
    public URI url(String name, String standard) {
        String text = text(name, standard);
        try {
            URI url = URI.create(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("https") || scheme.equals("http"))
                    && url.getHost() != null
                    && url.getUserInfo() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(name, "is not a URL");
        }
        throw wrong(name, "must be an http or https URL with a host and without credentials");
    }

    /** One of an enum's names, in lower case with hyphens for underscores. */
    public <E extends Enum<E>> E choice(String name, Class<E> type, E standard) {
        return optionalText(name)
                .map(text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> wrong(
                                name,
                                "must be one of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(type.getEnumConstants())
                                                        .map(Options::word)
                                                        .toList()))))
                .orElse(standard);
    }

    /** A list of texts; empty when there is none. */
    public List<String> texts(String name) {
        return value(name)
                .map(value -> {
                    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
                        return list.stream().map(String.class::cast).toList();
                    }
                    throw wrong(name, "must be a list of texts");
                })
                .orElse(List.of());
    }

    /** A list of texts, or one text in its place; empty when there is neither. */
    public List<String> textOrTexts(String name) {
        return value(name).filter(String.class::isInstance).isPresent() ? List.of(text(name)) : texts(name);
    }

    /** A mapping inside; an empty one when there is none. What it does not know must be asked of it, too. */
    public Options section(String name) {
        return value(name)
                .map(value -> {
                    if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
                        @SuppressWarnings("unchecked") // checked just now
                        Map<String, ?> section = (Map<String, ?>) map;
                        return new Options(prefix + name + ".", section, environment);
                    }
                    throw wrong(name, "must be a mapping");
                })
                .orElseGet(() -> new Options(prefix + name + ".", Map.of(), environment));
    }

    /** A list of mappings, each to be asked on its own; empty when there is none. In messages they are counted from 1. */
    public List<Options> sections(String name) {
        List<?> list = value(name)
                .map(value -> {
                    if (value instanceof List<?> given) {
                        return given;
                    }
                    throw wrong(name, "must be a list of mappings");
                })
                .orElse(List.of());
        Map<String, Object> counted = new LinkedHashMap<>();
        for (Object entry : list) {
            counted.put(name + "[" + (counted.size() + 1) + "]", entry);
        }
        Options entries = new Options(prefix, counted, environment);
        return counted.keySet().stream().map(entries::section).toList();
    }

    /** The names that are there, in order of the alphabet; for mappings whose names are data. */
    public Set<String> names() {
        return new TreeSet<>(values.keySet());
    }

    /** To be called last: an option that nobody asked for is a mistake of the operator's. */
    public void refuseUnknown() {
        for (String name : names()) {
            if (!used.contains(name)) {
                throw wrong(name, "is not known");
            }
        }
    }

    /** The failure of an option; for rules of a kind's own. */
    public IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(prefix + name + " " + what);
    }

    private Optional<Object> value(String name) {
        used.add(name);
        return Optional.ofNullable(values.get(name));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
