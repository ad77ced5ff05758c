// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A template as a tree of maps and texts: what files and the store hold.
 *
 * <pre>
 * fallback: en-US                     # may be left out with one text, and where there is one in en-US
 * texts:
 *   en-US: "{{code}} is your {{brand}} code"
 *   fr: {text: "{{code}} est votre code {{brand}}", ids: {whatsapp_template: login_fr}}
 * ids: {whatsapp_template: login}
 * countries:
 *   IN:
 *     ids: {dlt_entity_id: "1101"}
 *     texts:
 *       en: {text: "…", registered: "… {#var#} …", ids: {dlt_template_id: "1107"}}
 * </pre>
 */
public final class TemplateForm {
    private static final String FALLBACK = "fallback";
    private static final String TEXTS = "texts";
    private static final String TEXT = "text";
    private static final String REGISTERED = "registered";
    private static final String IDS = "ids";
    private static final String COUNTRIES = "countries";

    /** What is not known: an error in a file; in the store the word of a newer version, which is left alone. */
    public enum Unknown {
        REFUSED,
        IGNORED
    }

    private final Unknown unknown;
    /** Where the reader is, for messages. */
    private final Deque<String> path = new ArrayDeque<>();

    private TemplateForm(Unknown unknown) {
        this.unknown = unknown;
    }

    /** The tree of a template, without its id. Parts that say nothing are left out. */
    public static Map<String, Object> write(AccountTemplate template) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(FALLBACK, template.fallback());
        write(template.standard(), tree);
        if (!template.countries().isEmpty()) {
            Map<String, Object> countries = new LinkedHashMap<>();
            template.countries().forEach((country, variant) -> {
                Map<String, Object> part = new LinkedHashMap<>();
                write(variant, part);
                countries.put(country, part);
            });
            tree.put(COUNTRIES, countries);
        }
        return tree;
    }

    private static void write(TemplateVariant variant, Map<String, Object> tree) {
        if (!variant.texts().isEmpty()) {
            Map<String, Object> texts = new LinkedHashMap<>();
            variant.texts().forEach((locale, text) -> texts.put(locale, write(text)));
            tree.put(TEXTS, texts);
        }
        if (!variant.ids().isEmpty()) {
            tree.put(IDS, new TreeMap<>(variant.ids()));
        }
    }

    private static Object write(TemplateText text) {
        if (text.registered().isEmpty() && text.ids().isEmpty()) {
            return text.text().text();
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(TEXT, text.text().text());
        text.registered().ifPresent(registered -> tree.put(REGISTERED, registered.text()));
        if (!text.ids().isEmpty()) {
            tree.put(IDS, new TreeMap<>(text.ids()));
        }
        return tree;
    }

    /**
     * Reads a tree.
     *
     * @throws IllegalArgumentException naming the place that is wrong, such as {@code texts.fr: …}
     */
    public static AccountTemplate read(String id, Object tree, Unknown unknown) {
        return new TemplateForm(unknown).template(id, tree);
    }

    private AccountTemplate template(String id, Object given) {
        Map<?, ?> tree = mapping(given, List.of(FALLBACK, TEXTS, IDS, COUNTRIES));
        TemplateVariant standard = variant(tree);
        NavigableMap<String, TemplateVariant> countries = new TreeMap<>();
        inside(COUNTRIES, () -> {
            entries(tree.get(COUNTRIES))
                    .forEach((country, value) -> countries.put(
                            country, inside(country, () -> variant(mapping(value, List.of(TEXTS, IDS))))));
            return countries;
        });
        if (standard.texts().isEmpty()) {
            throw new IllegalArgumentException("texts: a template needs at least one");
        }
        return new AccountTemplate(id, fallback(tree, standard), standard, countries);
    }

    private String fallback(Map<?, ?> tree, TemplateVariant standard) {
        if (tree.get(FALLBACK) != null) {
            return inside(FALLBACK, () -> TemplateVariant.canonical(text(tree.get(FALLBACK))));
        }
        if (standard.texts().containsKey(LocaleMatcher.DEFAULT_LOCALE)) {
            return LocaleMatcher.DEFAULT_LOCALE;
        }
        if (standard.texts().size() == 1) {
            return standard.texts().firstKey();
        }
        throw new IllegalArgumentException("fallback is missing: the locale to take when none fits, one of "
                + String.join(", ", standard.texts().keySet()));
    }

    private TemplateVariant variant(Map<?, ?> tree) {
        NavigableMap<String, TemplateText> texts = new TreeMap<>();
        inside(TEXTS, () -> {
            entries(tree.get(TEXTS))
                    .forEach((locale, value) -> inside(locale, () -> {
                        if (texts.put(TemplateVariant.canonical(locale), text(locale, value)) != null) {
                            throw new IllegalArgumentException("is there twice");
                        }
                        return texts;
                    }));
            return texts;
        });
        Map<String, String> ids = inside(IDS, () -> texts(tree.get(IDS)));
        return inside(() -> new TemplateVariant(texts, ids));
    }

    private TemplateText text(String locale, Object value) {
        if (value instanceof String text) {
            return new TemplateText(new MessageTemplate(text), Optional.empty(), Map.of());
        }
        Map<?, ?> tree = mapping(value, List.of(TEXT, REGISTERED, IDS));
        if (tree.get(TEXT) == null) {
            throw new IllegalArgumentException("text is missing for " + locale);
        }
        MessageTemplate text = new MessageTemplate(inside(TEXT, () -> text(tree.get(TEXT))));
        Optional<RegisteredText> registered = Optional.ofNullable(tree.get(REGISTERED))
                .map(given -> inside(REGISTERED, () -> new RegisteredText(text(given))));
        return new TemplateText(text, registered, inside(IDS, () -> texts(tree.get(IDS))));
    }

    private Map<?, ?> mapping(Object value, List<String> known) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("must be a mapping with " + String.join(", ", known));
        }
        for (Object name : map.keySet()) {
            if (unknown == Unknown.REFUSED && !known.contains(String.valueOf(name))) {
                throw new IllegalArgumentException(name + " is not known here; there are " + String.join(", ", known));
            }
        }
        return map;
    }

    private Map<String, Object> entries(@Nullable Object value) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (value == null) {
            return entries;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("must be a mapping");
        }
        map.forEach((name, entry) -> entries.put(String.valueOf(name), entry));
        return entries;
    }

    private Map<String, String> texts(@Nullable Object value) {
        Map<String, String> texts = new TreeMap<>();
        entries(value).forEach((name, entry) -> texts.put(name, inside(name, () -> text(entry))));
        return texts;
    }

    /** A number is a text too: an id of digits is easily written without quotes. */
    private static String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case null, default -> throw new IllegalArgumentException("must be a text");
        };
    }

    private <T> T inside(String name, Supplier<T> reader) {
        path.addLast(name);
        try {
            return inside(reader);
        } finally {
            path.removeLast();
        }
    }

    /** Puts the place before what is wrong, once. */
    private <T> T inside(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (Misplaced e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw path.isEmpty() ? e : new Misplaced(String.join(".", path) + ": " + e.getMessage(), e);
        }
    }

    private static final class Misplaced extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Misplaced(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
