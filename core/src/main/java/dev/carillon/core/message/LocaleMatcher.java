// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Picks the locale of a message. The JDK's {@code Locale.lookup} throws on {@code en_US} and knows no way from
 * {@code zh-TW} to {@code zh-Hant}; ICU's matcher does but weighs 15 MB, so it only judges this one in the tests.
 *
 * <p>Immutable and thread-safe.
 */
public final class LocaleMatcher {

    /** What is used when nothing fits, as Ding v1 says. */
    public static final String DEFAULT_LOCALE = "en-US";

    /** More than there are, whatever a caller takes for one. */
    private static final int MAX_REGIONS = 512;

    /** The length that RFC 5646 §4.4.1 finds enough; a longer text is no locale somebody has. */
    private static final int MAX_LENGTH = 35;

    /**
     * Languages without texts, and the one that their readers are most likely to read (Unicode CLDR, mostly).
     * {@code iw}, {@code in} and {@code ji} are not here: the JDK renames them.
     */
    private static final Map<String, String> READ_INSTEAD = Map.ofEntries(
            Map.entry("no", "nb"),
            Map.entry("nn", "nb"),
            Map.entry("tl", "fil"),
            Map.entry("ceb", "fil"),
            Map.entry("sh", "sr-Latn"),
            Map.entry("cnr", "sr-Latn"),
            Map.entry("mo", "ro"),
            Map.entry("cmn", "zh"),
            Map.entry("yue", "zh-Hant"),
            Map.entry("arb", "ar"),
            Map.entry("ary", "ar"),
            Map.entry("arz", "ar"),
            Map.entry("pes", "fa"),
            Map.entry("prs", "fa"),
            Map.entry("gsw", "de"),
            Map.entry("lb", "de"),
            Map.entry("rm", "de"),
            Map.entry("fo", "da"),
            Map.entry("kl", "da"),
            Map.entry("fy", "nl"),
            Map.entry("br", "fr"),
            Map.entry("co", "fr"),
            Map.entry("ln", "fr"),
            Map.entry("oc", "fr"),
            Map.entry("wo", "fr"),
            Map.entry("ay", "es"),
            Map.entry("gn", "es"),
            Map.entry("qu", "es"),
            Map.entry("scn", "it"),
            Map.entry("jv", "id"),
            Map.entry("su", "id"),
            Map.entry("ab", "ru"),
            Map.entry("tk", "ru"),
            Map.entry("tt", "ru"),
            Map.entry("mai", "hi"),
            Map.entry("cy", "en-GB"),
            Map.entry("gd", "en-GB"));

    private final NavigableSet<String> supported;

    private final String fallback;

    /** What was found for regions: most requests name no locale. */
    private final Map<String, String> ofRegions = new ConcurrentHashMap<>();

    /**
     * A matcher for the locales that there are texts in.
     *
     * @param supported canonical BCP 47 tags, among them {@link #DEFAULT_LOCALE}
     * @throws IllegalArgumentException when the default is not among them
     */
    public LocaleMatcher(Set<String> supported) {
        this(supported, DEFAULT_LOCALE);
    }

    /**
     * A matcher for other locales.
     *
     * @param supported canonical BCP 47 tags
     * @param fallback the one of them that is used when nothing fits
     * @throws IllegalArgumentException when it is not among them
     */
    public LocaleMatcher(Set<String> supported, String fallback) {
        if (!supported.contains(fallback)) {
            throw new IllegalArgumentException("the locales lack " + fallback);
        }
        this.supported = new TreeSet<>(supported);
        this.fallback = fallback;
    }

    /**
     * The locale to write in. No text makes this throw.
     *
     * @param requested BCP 47, with {@code _} for {@code -} allowed; null or blank when the caller named none
     * @param regionCode ISO 3166-1 alpha-2 region of the phone number, which decides when the caller named none;
     *     null for numbers of no country
     * @return one of the supported tags; the fallback when nothing is known or nothing fits
     */
    public String match(@Nullable String requested, @Nullable String regionCode) {
        if (requested != null && !requested.isBlank()) {
            return parse(requested).flatMap(this::find).orElse(fallback);
        }
        String region = regionCode == null ? "" : regionCode;
        String known = ofRegions.get(region);
        if (known != null) {
            return known;
        }
        String found = ofRegion(regionCode).flatMap(this::find).orElse(fallback);
        if (ofRegions.size() < MAX_REGIONS) {
            ofRegions.put(region, found);
        }
        return found;
    }

    private static Optional<Locale> ofRegion(@Nullable String regionCode) {
        return Optional.ofNullable(regionCode)
                .map(RegionLanguages::of)
                .map(language -> Locale.forLanguageTag(language + "-" + regionCode));
    }

    private static Optional<Locale> parse(String requested) {
        return requested.length() > MAX_LENGTH
                ? Optional.empty()
                : Optional.of(Locale.forLanguageTag(requested.strip().replace('_', '-')));
    }

    private Optional<String> find(Locale wanted) {
        String instead = READ_INSTEAD.get(wanted.getLanguage());
        Stream<String> own = candidates(wanted);
        return (instead == null ? own : Stream.concat(own, candidates(withRegion(instead, wanted.getCountry()))))
                .filter(supported::contains)
                .findFirst();
    }

    private static Locale withRegion(String tag, String region) {
        Locale locale = Locale.forLanguageTag(tag);
        return locale.getCountry().isEmpty()
                ? new Locale.Builder().setLocale(locale).setRegion(region).build()
                : locale;
    }

    /** All tags that would do, the best first. */
    private Stream<String> candidates(Locale wanted) {
        String language = wanted.getLanguage();
        if (language.isEmpty()) {
            return Stream.empty();
        }
        String script = wanted.getScript();
        String region = wanted.getCountry();
        List<String> tags = new ArrayList<>();
        tags.add(language + "-" + script + "-" + region);
        if (!script.isEmpty()) {
            tags.add(language + "-" + script);
        }
        if (!region.isEmpty()) {
            tags.add(language + "-" + region);
        }
        LocaleVariants variants = LocaleVariants.of(language);
        if (variants != null) {
            tags.add(variants.choose(script, region));
            tags.addAll(variants.tags());
        }
        tags.add(language);
        return Stream.concat(tags.stream(), supported.stream().filter(tag -> tag.startsWith(language + "-")));
    }
}
