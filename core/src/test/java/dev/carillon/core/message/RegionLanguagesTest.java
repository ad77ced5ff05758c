// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RegionLanguagesTest {

    private static final Set<String> REGIONS = PhoneNumberUtil.getInstance().getSupportedRegions();

    /** What the table must say; to make it anew after an update of ICU, print this. */
    private static Map<String, String> fromIcu() {
        return REGIONS.stream()
                .collect(Collectors.groupingBy(
                        RegionLanguagesTest::likelyLanguage,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                regions -> regions.stream().sorted().collect(Collectors.joining(" ")))));
    }

    private static String likelyLanguage(String region) {
        ULocale likely = ULocale.addLikelySubtags(new ULocale("und_" + region));
        return likely.getLanguage() + "-" + likely.getScript();
    }

    private static Set<String> overridden() {
        return Resources.properties("region-language-overrides.properties").values().stream()
                .flatMap(regions -> Arrays.stream(regions.split(" ", -1)))
                .collect(Collectors.toSet());
    }

    @Test
    void isWhatIcuFindsLikely() {
        assertThat(Resources.properties("region-languages.properties")).isEqualTo(fromIcu());
    }

    @Test
    void overridesOnlyRegionsThereAre() {
        assertThat(REGIONS).containsAll(overridden());
    }

    @Test
    void everyRegionHasALanguageThatWeHaveTextsIn() {
        for (String region : REGIONS) {
            String locale = MessageTemplates.bundled().match(null, region);
            String wanted = String.valueOf(RegionLanguages.of(region));
            assertThat(ULocale.forLanguageTag(locale).getLanguage())
                    .as(region)
                    .isEqualTo(ULocale.forLanguageTag(wanted).getLanguage());
            if (!overridden().contains(region)) {
                assertThat(wanted).isEqualTo(likelyLanguage(region));
            }
        }
    }
}
