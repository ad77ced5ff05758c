// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.whatsapp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The languages that a template was approved in, by Meta's codes ({@code de}, {@code pt_BR}). A message in a language that the
 * template lacks is refused, so the nearest one that it has is asked for.
 *
 * @param codes at least one; the first is used when no other fits
 */
record TemplateLanguages(List<String> codes) {
    private static final Pattern CODE = Pattern.compile("[a-z]{2,3}(_[A-Z]{2,3})?");

    TemplateLanguages {
        codes = List.copyOf(codes);
    }

    /** @throws IllegalArgumentException saying what is wrong, to be read after the option's name */
    static TemplateLanguages of(List<String> codes) {
        if (codes.isEmpty()) {
            throw new IllegalArgumentException(
                    "is missing: list the languages that the template was approved in, such as [en_US, de, pt_BR]");
        }
        for (String code : codes) {
            if (!CODE.matcher(code).matches()) {
                throw new IllegalArgumentException("has " + code + ", which is no language such as de or pt_BR");
            }
        }
        return new TemplateLanguages(codes);
    }

    /**
     * The code to ask for.
     *
     * @param locale BCP 47
     */
    String nearest(String locale) {
        Locale wanted = Locale.forLanguageTag(locale);
        String language = wanted.getLanguage();
        return candidates(wanted).stream()
                .filter(codes::contains)
                .findFirst()
                .or(() -> codes.stream()
                        .filter(code -> code.equals(language) || code.startsWith(language + "_"))
                        .findFirst())
                .orElse(codes.getFirst());
    }

    private static List<String> candidates(Locale wanted) {
        String language = wanted.getLanguage();
        List<String> candidates = new ArrayList<>();
        if (!wanted.getCountry().isEmpty()) {
            candidates.add(language + "_" + wanted.getCountry());
        }
        // Meta tells the scripts of Chinese apart by countries.
        if (wanted.getScript().equals("Hant")) {
            candidates.addAll(List.of("zh_TW", "zh_HK"));
        } else if (wanted.getScript().equals("Hans")) {
            candidates.add("zh_CN");
        }
        candidates.add(language);
        return candidates;
    }
}
