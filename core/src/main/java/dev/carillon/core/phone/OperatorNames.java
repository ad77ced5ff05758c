// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether two spellings are the name of one operator of a country. */
final class OperatorNames {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** They say what sort of company it is, not which. */
    private static final Set<String> LEGAL_FORMS = Set.of(
            "ab", "ag", "aps", "as", "bv", "doo", "gmbh", "inc", "limited", "llc", "ltd", "nv", "oy", "ou", "plc",
            "pty", "sa", "sarl", "sas", "sasu", "spa", "srl");

    /** Many operators of one country have these in their names: they are not enough to tell one by. */
    private static final Set<String> COMMON = Set.of(
            "cellular",
            "china",
            "communications",
            "digital",
            "gsm",
            "mobil",
            "mobile",
            "mobiles",
            "movil",
            "network",
            "networks",
            "telecom",
            "telecommunications",
            "telefonica",
            "telekom",
            "wireless");

    /** A word that tells an operator has that many letters at least; T-2 is not T-Mobile. */
    private static final int TELLING = 3;

    /** How well names match; 0: not at all. */
    static final int SAME = 3;

    private static final int SAME_WORDS = 2;
    private static final int PART = 1;

    private OperatorNames() {}

    /** A name for comparison: its words without accents, case and legal form. */
    static Set<String> words(String name) {
        String plain = MARKS.matcher(Normalizer.normalize(name, Form.NFKD)).replaceAll("");
        return Arrays.stream(BETWEEN_WORDS.split(plain.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty() && !LEGAL_FORMS.contains(word))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** How well two names match: {@link #SAME} letter by letter, less for the same words, least when one goes further. */
    static int match(Set<String> one, Set<String> other) {
        if (String.join("", one).equals(String.join("", other))) {
            return one.isEmpty() ? 0 : SAME;
        }
        if (one.equals(other)) {
            return SAME_WORDS;
        }
        return isPartOf(one, other) || isPartOf(other, one) ? PART : 0;
    }

    /** How well the best of some names matches one. */
    static int best(List<String> names, Set<String> other) {
        return names.stream().mapToInt(name -> match(words(name), other)).max().orElse(0);
    }

    private static boolean isPartOf(Set<String> fewer, Set<String> more) {
        return more.containsAll(fewer)
                && fewer.stream().anyMatch(word -> word.length() >= TELLING && !COMMON.contains(word));
    }
}
