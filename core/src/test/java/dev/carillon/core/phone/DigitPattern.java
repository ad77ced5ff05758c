// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression over digits, of which it can be said what is left of it after a digit (Brzozowski's derivative). Equal ones are the same
 * object. Not for several threads.
 */
final class DigitPattern {
    private enum Kind {
        NOTHING,
        EMPTY,
        ANYTHING,
        DIGIT,
        SEQUENCE,
        EITHER
    }

    private static final int ALL = (1 << DigitTableMaker.DIGITS) - 1;
    private static final Map<List<Object>, DigitPattern> KNOWN = new HashMap<>();

    /** Matches no text. */
    static final DigitPattern NOTHING = of(Kind.NOTHING, 0, List.of());

    private static final DigitPattern EMPTY = of(Kind.EMPTY, 0, List.of());
    private static final DigitPattern ANYTHING = of(Kind.ANYTHING, 0, List.of());

    private final int number;
    private final Kind kind;
    /** Which digits, for {@link Kind#DIGIT}. */
    private final int digits;
    /** Two for a sequence, several for alternatives. */
    private final List<DigitPattern> parts;

    private final boolean matchesEmpty;
    private final @Nullable DigitPattern[] after = new DigitPattern[DigitTableMaker.DIGITS];

    private DigitPattern(int number, Kind kind, int digits, List<DigitPattern> parts) {
        this.number = number;
        this.kind = kind;
        this.digits = digits;
        this.parts = parts;
        this.matchesEmpty = switch (kind) {
            case NOTHING, DIGIT -> false;
            case EMPTY, ANYTHING -> true;
            case SEQUENCE -> parts.stream().allMatch(part -> part.matchesEmpty);
            case EITHER -> parts.stream().anyMatch(part -> part.matchesEmpty);
        };
    }

    private static DigitPattern of(Kind kind, int digits, List<DigitPattern> parts) {
        return KNOWN.computeIfAbsent(
                List.of(kind, digits, parts), _ -> new DigitPattern(KNOWN.size(), kind, digits, parts));
    }

    /** Of a Java regular expression with literal digits, classes of digits, groups, alternatives and bounded repetitions; the whole text must match. */
    static DigitPattern parse(String regex) {
        return new Parser(regex).all();
    }

    /** The same for texts that begin with what matches. */
    static DigitPattern parseBeginning(String regex) {
        return sequence(parse(regex), ANYTHING);
    }

    /** Whether the empty text matches. */
    boolean matchesEmpty() {
        return matchesEmpty;
    }

    /** What must follow a digit, so that both together match. */
    DigitPattern after(int digit) {
        DigitPattern known = after[digit];
        if (known == null) {
            known = switch (kind) {
                case NOTHING, EMPTY -> NOTHING;
                case ANYTHING -> ANYTHING;
                case DIGIT -> (digits & (1 << digit)) == 0 ? NOTHING : EMPTY;
                case SEQUENCE -> {
                    DigitPattern first = parts.getFirst();
                    DigitPattern rest = parts.getLast();
                    DigitPattern inFirst = sequence(first.after(digit), rest);
                    yield first.matchesEmpty ? either(List.of(inFirst, rest.after(digit))) : inFirst;
                }
                case EITHER ->
                    either(parts.stream().map(part -> part.after(digit)).toList());
            };
            after[digit] = known;
        }
        return known;
    }

    private static DigitPattern sequence(DigitPattern first, DigitPattern rest) {
        if (first == NOTHING || rest == NOTHING) {
            return NOTHING;
        }
        if (first == EMPTY) {
            return rest;
        }
        if (rest == EMPTY) {
            return first;
        }
        if (first.kind == Kind.SEQUENCE) {
            return sequence(first.parts.getFirst(), sequence(first.parts.getLast(), rest));
        }
        return of(Kind.SEQUENCE, 0, List.of(first, rest));
    }

    private static DigitPattern either(List<DigitPattern> all) {
        TreeMap<Integer, DigitPattern> different = new TreeMap<>();
        for (DigitPattern one : all) {
            for (DigitPattern part : one.kind == Kind.EITHER ? one.parts : List.of(one)) {
                different.put(part.number, part);
            }
        }
        different.remove(NOTHING.number);
        if (different.containsValue(ANYTHING)) {
            return ANYTHING;
        }
        return switch (different.size()) {
            case 0 -> NOTHING;
            case 1 -> different.firstEntry().getValue();
            default -> of(Kind.EITHER, 0, List.copyOf(different.values()));
        };
    }

    @Override
    public String toString() {
        return kind + (kind == Kind.DIGIT ? Integer.toBinaryString(digits) : Arrays.toString(parts.toArray()));
    }

    /** What libphonenumber's patterns are written in; anything else is refused. */
    private static final class Parser {
        private final String regex;
        private int at;

        Parser(String regex) {
            this.regex = Objects.requireNonNull(regex);
        }

        DigitPattern all() {
            DigitPattern all = alternatives();
            if (at < regex.length()) {
                throw unknown();
            }
            return all;
        }

        private IllegalArgumentException unknown() {
            return new IllegalArgumentException("what is at " + at + " of " + regex);
        }

        private boolean skip(String text) {
            boolean is = regex.startsWith(text, at);
            at += is ? text.length() : 0;
            return is;
        }

        private DigitPattern alternatives() {
            List<DigitPattern> all = new ArrayList<>();
            do {
                DigitPattern sequence = EMPTY;
                while (at < regex.length() && "|)".indexOf(regex.charAt(at)) < 0) {
                    sequence = sequence(sequence, repeated(one()));
                }
                all.add(sequence);
            } while (skip("|"));
            return either(all);
        }

        private DigitPattern one() {
            if (skip("\\d")) {
                return of(Kind.DIGIT, ALL, List.of());
            }
            if (skip("[")) {
                int digits = 0;
                while (!skip("]")) {
                    int from = digit();
                    int to = skip("-") ? digit() : from;
                    digits |= (1 << (to + 1)) - (1 << from);
                }
                return of(Kind.DIGIT, digits, List.of());
            }
            if (skip("(?:") || skip("(")) {
                DigitPattern group = alternatives();
                if (!skip(")")) {
                    throw unknown();
                }
                return group;
            }
            return of(Kind.DIGIT, 1 << digit(), List.of());
        }

        private DigitPattern repeated(DigitPattern one) {
            if (skip("?")) {
                return times(one, 0, 1);
            }
            if (!skip("{")) {
                return one;
            }
            int least = number();
            int most = skip(",") ? number() : least;
            if (!skip("}")) {
                throw unknown();
            }
            return times(one, least, most);
        }

        private static DigitPattern times(DigitPattern one, int least, int most) {
            DigitPattern all = EMPTY;
            for (int i = least; i < most; i++) {
                all = either(List.of(EMPTY, sequence(one, all)));
            }
            for (int i = 0; i < least; i++) {
                all = sequence(one, all);
            }
            return all;
        }

        private int digit() {
            int digit = at < regex.length() ? regex.charAt(at) - '0' : -1;
            if (digit < 0 || digit > 9) {
                throw unknown();
            }
            at++;
            return digit;
        }

        private int number() {
            int number = digit();
            while (Character.isDigit(regex.charAt(at))) {
                number = 10 * number + digit();
            }
            return number;
        }
    }
}
