// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One message in all the locales there is a text in. Immutable and thread-safe.
 *
 * <p>{@link #bundled} are the texts that come with Carillon. Each fits one SMS with a brand of 20 characters and a
 * code of 8 digits, an app hash included; a test holds them to it.
 */
public final class MessageTemplates {

    private static final MessageTemplates BUNDLED = read("messages.properties");

    private final NavigableMap<String, LocalizedTemplate> byLocale;
    private final LocaleMatcher matcher;

    /**
     * @param byLocale by canonical BCP 47 tag
     * @throws IllegalArgumentException when {@link LocaleMatcher#DEFAULT_LOCALE} is not among them
     */
    public MessageTemplates(Map<String, LocalizedTemplate> byLocale) {
        this.byLocale = new TreeMap<>(byLocale);
        this.matcher = new LocaleMatcher(byLocale.keySet());
    }

    /** The texts that come with Carillon. */
    public static MessageTemplates bundled() {
        return BUNDLED;
    }

    /** The locale of these texts to write in: see {@link LocaleMatcher#match}. */
    public String match(@Nullable String requested, @Nullable String regionCode) {
        return matcher.match(requested, regionCode);
    }

    /**
     * The text of a locale.
     *
     * @throws IllegalArgumentException when it is none of {@link #locales}; use {@link #match} first
     */
    public LocalizedTemplate get(String locale) {
        LocalizedTemplate template = byLocale.get(locale);
        if (template == null) {
            throw new IllegalArgumentException("no text in that locale");
        }
        return template;
    }

    /** The locales there is a text in, as BCP 47 tags in alphabetical order. */
    public NavigableSet<String> locales() {
        return new TreeSet<>(byLocale.keySet());
    }

    private static MessageTemplates read(String resource) {
        NavigableMap<String, String> texts = Resources.properties(resource);
        Map<String, LocalizedTemplate> byLocale = new TreeMap<>();
        for (String key : texts.keySet()) {
            String locale = key.substring(0, key.indexOf('.'));
            byLocale.put(locale, new LocalizedTemplate(text(texts, locale + ".plain"), text(texts, locale + ".brand")));
        }
        return new MessageTemplates(byLocale);
    }

    private static MessageTemplate text(Map<String, String> texts, String key) {
        String text = texts.get(key);
        if (text == null) {
            throw new IllegalStateException("no text " + key);
        }
        return new MessageTemplate(text);
    }
}
