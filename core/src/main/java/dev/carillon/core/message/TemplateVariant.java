// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.Collections;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The texts of a template, in general or in one country.
 *
 * @param texts by canonical BCP 47 tag, at most 200; in a country none means: those in general
 * @param ids of all its texts, see {@link TemplateIds}; one of a text itself wins
 */
public record TemplateVariant(NavigableMap<String, TemplateText> texts, Map<String, String> ids) {
    private static final int MAX_TEXTS = 200;

    /** @throws IllegalArgumentException naming what is wrong */
    public TemplateVariant {
        if (texts.size() > MAX_TEXTS) {
            throw new IllegalArgumentException("texts: at most " + MAX_TEXTS);
        }
        for (String locale : texts.keySet()) {
            if (!canonical(locale).equals(locale)) {
                throw new IllegalArgumentException("texts." + locale + " must be written " + canonical(locale));
            }
        }
        texts = Collections.unmodifiableNavigableMap(new TreeMap<>(texts));
        ids = TemplateText.requireIds(ids);
    }

    /** A variant of texts alone. */
    public static TemplateVariant of(Map<String, TemplateText> texts) {
        return new TemplateVariant(new TreeMap<>(texts), Map.of());
    }

    /**
     * A language as tags are written, such as {@code pt-BR} for {@code pt_br}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static String canonical(String locale) {
        try {
            Locale read = new Locale.Builder()
                    .setLanguageTag(locale.replace('_', '-'))
                    .build();
            if (!read.getLanguage().isEmpty()) {
                return read.toLanguageTag();
            }
        } catch (IllformedLocaleException e) {
            throw new IllegalArgumentException(notALocale(locale), e);
        }
        throw new IllegalArgumentException(notALocale(locale));
    }

    private static String notALocale(String locale) {
        return "'" + locale + "' is not a BCP 47 language tag, such as pt-BR";
    }
}
