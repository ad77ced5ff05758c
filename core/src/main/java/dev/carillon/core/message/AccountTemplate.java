// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts of an account's own, which a create names by their id. {@link TemplateRules} tells whether they are fit to be sent.
 *
 * @param id 1 to 64 letters, digits and {@code ._-}; {@link #DEFAULT_ID} replaces the texts that come with Carillon
 * @param fallback the locale when none fits; one of those in general
 * @param standard the texts where no country has its own
 * @param countries by ISO 3166-1 alpha-2 code
 */
public record AccountTemplate(
        String id, String fallback, TemplateVariant standard, NavigableMap<String, TemplateVariant> countries) {
    /** What a create means that names no template. */
    public static final String DEFAULT_ID = "default";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    /** @throws IllegalArgumentException naming what is wrong */
    public AccountTemplate {
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "a template's id must be 1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit");
        }
        if (!standard.texts().containsKey(fallback)) {
            throw new IllegalArgumentException("fallback must be one of the locales that there is a text in");
        }
        for (String country : countries.keySet()) {
            if (!COUNTRY.matcher(country).matches()) {
                throw new IllegalArgumentException(
                        "countries." + country + " must be named by an ISO 3166-1 alpha-2 code, such as IN");
            }
        }
        countries = Collections.unmodifiableNavigableMap(new TreeMap<>(countries));
    }

    /** Whether a text has the form of an id. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * The text for one message.
     *
     * @param requested as {@link LocaleMatcher#match} takes it
     * @param region ISO 3166-1 alpha-2 of the number's country; null for numbers of no country
     */
    public TemplateChoice choose(@Nullable String requested, @Nullable String region) {
        Optional<TemplateVariant> country = Optional.ofNullable(region).map(countries::get);
        NavigableMap<String, TemplateText> texts = country.map(TemplateVariant::texts)
                .filter(own -> !own.isEmpty())
                .orElse(standard.texts());
        String otherwise = texts.containsKey(fallback) ? fallback : texts.firstKey();
        String locale = new LocaleMatcher(texts.keySet(), otherwise).match(requested, region);
        TemplateText text = requireNonNull(texts.get(locale));
        Map<String, String> ids = new HashMap<>(standard.ids());
        country.ifPresent(variant -> ids.putAll(variant.ids()));
        ids.putAll(text.ids());
        return new TemplateChoice(locale, text, ids);
    }
}
