// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What countries ask of senders, and which one a message really gets. The rules are data, in {@code sender-rules.properties}.
 * Immutable and thread-safe.
 */
public final class SenderRules {
    private static final SenderRules STANDARD = new SenderRules(Resources.properties("sender-rules.properties"));
    private static final String BRAND = "{{brand}}";

    private final Map<String, Rule> rules;

    /** Whether a country takes names as senders. */
    public enum Names {
        ALLOWED,
        /** Such as US and Canada: carriers drop the message or replace the sender. */
        FORBIDDEN
    }

    /** What senders mostly are in a country, and what is taken first where there is a choice. */
    public enum Kind {
        NAME,
        NUMBER
    }

    /**
     * The rule of one country.
     *
     * @param registration whether a sender must be registered with the country's carriers or regulator before it is used
     * @param standard what to take where there is a choice
     * @param prefix how a text must begin, with {@code {{brand}}} in it
     * @param note for the operator
     * @param source where this is from
     */
    public record Rule(
            Names names, boolean registration, Kind standard, Optional<String> prefix, String note, String source) {
        private static final Rule NONE =
                new Rule(Names.ALLOWED, false, Kind.NAME, Optional.empty(), "no rule known", "");
    }

    /** Why a message has its sender. */
    public enum Reason {
        /** It is the one that was asked for. */
        REQUESTED,
        /** None was asked for; the connection's. */
        CONNECTION,
        /** None was asked for; the account's brand. */
        BRAND,
        /** None was asked for; one of the account's own. */
        ACCOUNT,
        /** The country takes no names: another one instead. */
        NAMES_FORBIDDEN,
        /** The country wants senders registered, and the one asked for is not: another one instead. */
        NOT_REGISTERED,
        /** The country's rule speaks against it, but there is no other: the carrier decides. */
        NO_OTHER
    }

    /**
     * The sender that goes out.
     *
     * @param sender empty: there is none at all
     */
    public record Choice(Optional<String> sender, Reason reason) {}

    /**
     * Who a message could be from.
     *
     * @param requested what the create named
     * @param brand the account's brand; taken when it can be a sender and no connection has one
     * @param own the account's own senders for this country, which it has registered there where that is needed
     * @param connection the connection's sender for this country; registered by the operator
     */
    public record Candidates(
            Optional<String> requested, Optional<String> brand, Set<String> own, Optional<String> connection) {
        public Candidates {
            own = Set.copyOf(own);
        }
    }

    private SenderRules(NavigableMap<String, String> table) {
        Map<String, Rule> read = new HashMap<>();
        for (String key : table.keySet()) {
            String country = key.substring(0, key.indexOf('.'));
            read.computeIfAbsent(country, code -> rule(table, code));
        }
        this.rules = Map.copyOf(read);
    }

    /** The rules that come with Carillon. */
    public static SenderRules standard() {
        return STANDARD;
    }

    /** The rule of a country; one that asks for nothing where none is known. */
    public Rule rule(String region) {
        return rules.getOrDefault(region, Rule.NONE);
    }

    /** The countries that there are rules for, as ISO 3166-1 alpha-2 codes in alphabetical order. */
    public NavigableSet<String> countries() {
        return new TreeSet<>(rules.keySet());
    }

    /**
     * The sender of a message.
     *
     * @param region ISO 3166-1 alpha-2 of the number's country; empty for numbers of no country
     */
    public Choice choose(String region, Candidates candidates) {
        Rule rule = rule(region);
        Optional<String> requested = candidates.requested();
        Optional<String> connection = candidates.connection().filter(sender -> isFit(rule, sender, candidates));
        Optional<String> own = own(rule, candidates);
        if (requested.isPresent()) {
            Optional<Reason> objection = objection(rule, requested.get(), candidates);
            if (objection.isEmpty()) {
                return new Choice(requested, Reason.REQUESTED);
            }
            Optional<String> other = connection.or(() -> own);
            return other.isPresent() ? new Choice(other, objection.get()) : new Choice(requested, Reason.NO_OTHER);
        }
        Optional<String> brand = candidates.brand().filter(SenderId::isValid);
        if (connection.isPresent()) {
            return new Choice(connection, Reason.CONNECTION);
        }
        if (brand.filter(sender -> isFit(rule, sender, candidates)).isPresent()) {
            return new Choice(brand, Reason.BRAND);
        }
        return own.isPresent()
                ? new Choice(own, Reason.ACCOUNT)
                : new Choice(candidates.connection().or(() -> brand), Reason.NO_OTHER);
    }

    /** A text as the country wants it to begin; as it is where the country, or a missing brand, asks for nothing. */
    public String prefixed(String region, Optional<String> brand, String text) {
        String name = brand.map(Brand::clean).orElse("");
        return rule(region)
                .prefix()
                .filter(prefix -> !name.isEmpty() && !text.startsWith(prefix.substring(0, prefix.indexOf(BRAND))))
                .map(prefix -> prefix.replace(BRAND, name) + text)
                .orElse(text);
    }

    private static Optional<String> own(Rule rule, Candidates candidates) {
        Comparator<String> usualFirst =
                Comparator.comparing((String sender) -> SenderId.isName(sender) != (rule.standard() == Kind.NAME));
        return candidates.own().stream()
                .filter(sender -> isFit(rule, sender, candidates))
                .min(usualFirst.thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isFit(Rule rule, String sender, Candidates candidates) {
        return objection(rule, sender, candidates).isEmpty();
    }

    private static Optional<Reason> objection(Rule rule, String sender, Candidates candidates) {
        if (rule.names() == Names.FORBIDDEN && SenderId.isName(sender)) {
            return Optional.of(Reason.NAMES_FORBIDDEN);
        }
        boolean registered =
                candidates.own().contains(sender) || candidates.connection().equals(Optional.of(sender));
        return rule.registration() && !registered ? Optional.of(Reason.NOT_REGISTERED) : Optional.empty();
    }

    private static Rule rule(NavigableMap<String, String> table, String country) {
        Optional<String> prefix = Optional.ofNullable(table.get(country + ".prefix"));
        if (prefix.isPresent() && prefix.get().indexOf(BRAND) < 1) {
            throw new IllegalStateException("a prefix begins with a sign and has " + BRAND + ": " + country);
        }
        return new Rule(
                Names.valueOf(upper(table, country + ".names")),
                switch (value(table, country + ".registration")) {
                    case "needed" -> true;
                    case "none" -> false;
                    default -> throw new IllegalStateException("registration is needed or none: " + country);
                },
                Kind.valueOf(upper(table, country + ".sender")),
                prefix,
                value(table, country + ".note"),
                value(table, country + ".source"));
    }

    private static String upper(NavigableMap<String, String> table, String key) {
        return value(table, key).toUpperCase(Locale.ROOT);
    }

    private static String value(NavigableMap<String, String> table, String key) {
        return Optional.ofNullable(table.get(key)).orElseThrow(() -> new IllegalStateException("no " + key));
    }
}
