// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The language to write in to somebody of whom only the country is known. */
final class RegionLanguages {

    private static final Map<String, String> LANGUAGES = new HashMap<>();

    static {
        read("region-languages.properties");
        read("region-language-overrides.properties"); // second, so that it wins
    }

    private RegionLanguages() {}

    /**
     * The language of a region as a BCP 47 tag of language and mostly script, such as {@code sr-Cyrl}.
     *
     * @param regionCode ISO 3166-1 alpha-2, in upper case
     * @return null for a region without phone numbers
     */
    static @Nullable String of(String regionCode) {
        return LANGUAGES.get(regionCode);
    }

    private static void read(String resource) {
        Resources.properties(resource).forEach((language, regions) -> {
            for (String region : regions.split(" ", -1)) {
                LANGUAGES.put(region, language);
            }
        });
    }
}
