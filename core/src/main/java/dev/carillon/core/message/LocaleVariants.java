// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A language that is written in more than one way, and who writes it how. The answers are those of Unicode CLDR's
 * language matching.
 *
 * @param tags all ways, the one to take when nothing else is known first
 * @param byScript the way for an explicit script; empty when the ways do not differ in script
 * @param regions where it is written as {@code there}; elsewhere as {@code elsewhere}. ISO 3166-1 and UN M.49 codes.
 */
record LocaleVariants(
        List<String> tags, Map<String, String> byScript, Set<String> regions, String there, String elsewhere) {

    private static final Set<String> AMERICAS = Set.of(
            ("003 005 013 019 021 029 419 AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS"
                            + " GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI")
                    .split(" ", -1));

    private static final Set<String> AMERICAN_ENGLISH =
            Set.of("001", "AS", "CA", "GU", "MH", "MP", "PH", "PR", "UM", "US", "VI");

    private static final Set<String> TRADITIONAL_CHINESE =
            Set.of("AU", "BN", "GB", "GF", "HK", "ID", "MO", "PA", "PF", "PH", "SR", "TH", "TW", "US", "VN");

    /** By language. */
    private static final Map<String, LocaleVariants> TABLE = Map.of(
            "en", byRegion(List.of("en-US", "en-GB"), AMERICAN_ENGLISH, "en-US", "en-GB"),
            "es", byRegion(List.of("es", "es-419"), AMERICAS, "es-419", "es"),
            "fr", byRegion(List.of("fr", "fr-CA"), Set.of("CA"), "fr-CA", "fr"),
            "pt", byRegion(List.of("pt-BR", "pt-PT"), AMERICAS, "pt-BR", "pt-PT"),
            "sr", byScript("sr", "Cyrl", "sr-Latn", "Latn", Set.of("ME", "RO", "TR")),
            "zh", byScript("zh-Hans", "Hans", "zh-Hant", "Hant", TRADITIONAL_CHINESE));

    /** The variants of a language; null when it has but one. */
    static @Nullable LocaleVariants of(String language) {
        return TABLE.get(language);
    }

    /**
     * The variant for a script or, without a word on that, for a region.
     *
     * @param script ISO 15924; empty when not known
     * @param region ISO 3166-1 or UN M.49; empty when not known
     */
    String choose(String script, String region) {
        String written = byScript.get(script);
        if (written != null) {
            return written;
        }
        if (region.isEmpty()) {
            return tags.getFirst();
        }
        return regions.contains(region) ? there : elsewhere;
    }

    private static LocaleVariants byRegion(List<String> tags, Set<String> regions, String there, String elsewhere) {
        return new LocaleVariants(tags, Map.of(), regions, there, elsewhere);
    }

    private static LocaleVariants byScript(
            String usual, String usualScript, String other, String otherScript, Set<String> otherRegions) {
        return new LocaleVariants(
                List.of(usual, other), Map.of(usualScript, usual, otherScript, other), otherRegions, other, usual);
    }
}
