// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SegmentsTest {

    /** Written anew, so that a slip in the table of {@link Gsm7} shows. */
    private static final String ALPHABET = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private static final String DOUBLE = "\f^{}\\[~]|€";

    @ParameterizedTest
    @CsvSource({
        "a,0,   GSM_7, 0,   1, 160",
        "a,1,   GSM_7, 1,   1, 159",
        "a,160, GSM_7, 160, 1, 0",
        "a,161, GSM_7, 161, 2, 145",
        "a,306, GSM_7, 306, 2, 0",
        "a,307, GSM_7, 307, 3, 152",
        "€,80,  GSM_7, 160, 1, 0",
        "€,81,  GSM_7, 162, 2, 143", // 152 used of the first part: the 77th does not fit its last septet
        "я,70,  UCS_2, 70,  1, 0",
        "я,71,  UCS_2, 71,  2, 63",
        "я,134, UCS_2, 134, 2, 0",
        "я,135, UCS_2, 135, 3, 66",
        "😀,35, UCS_2, 70,  1, 0",
        "😀,36, UCS_2, 72,  2, 61" // 66 used of the first part
    })
    void countsAtTheEdges(String text, int times, SmsEncoding encoding, int units, int segments, int remaining) {
        assertThat(Segments.count(text.repeat(times))).isEqualTo(new Segments(encoding, units, segments, remaining));
    }

    @ParameterizedTest
    @CsvSource({
        "ç, UCS_2",
        "Ç, GSM_7",
        "á, UCS_2",
        "ñ, GSM_7",
        "`, UCS_2",
        "’, UCS_2",
        "“, UCS_2",
        "@, GSM_7",
        "_, GSM_7"
    })
    void knowsTheLettersThatDeceive(String text, SmsEncoding encoding) {
        assertThat(Segments.count(text).encoding()).isEqualTo(encoding);
    }

    @Test
    void hasNoCharacterForTheEscape() {
        assertThat(Gsm7.septets('\u001B')).isZero();
        assertThat(Gsm7.encode("\u001B")).isEmpty();
    }

    @Test
    void encodesForSmpp() {
        assertThat(Gsm7.encode("@$_éΔ€").orElseThrow()).containsExactly(0x00, 0x02, 0x11, 0x05, 0x10, 0x1B, 0x65);
        assertThat(Gsm7.encode("Az09").orElseThrow()).containsExactly('A', 'z', '0', '9');
        assertThat(Gsm7.encode("[{~|").orElseThrow()).containsExactly(0x1B, 0x3C, 0x1B, 0x28, 0x1B, 0x3D, 0x1B, 0x40);
        assertThat(Gsm7.encode("Ü§¿à").orElseThrow()).containsExactly(0x5E, 0x5F, 0x60, 0x7F);
    }

    @Property
    void countsAsTheSlowReferenceDoes(@ForAll("mixed") String text) {
        assertThat(Segments.count(text)).isEqualTo(reference(text));
    }

    @Property
    void splitsIntoWhatItCounts(@ForAll("mixed") String text) {
        var parts = Segments.split(text);
        assertThat(String.join("", parts)).isEqualTo(text);
        assertThat(parts).hasSize(Segments.count(text).segments());
        assertThat(parts).allSatisfy(part -> {
            assertThat(Segments.count(part).segments()).isEqualTo(1);
            assertThat(part.isEmpty() || !Character.isLowSurrogate(part.charAt(0)) || text.equals(part))
                    .isTrue();
        });
    }

    @Property
    void encodesWhatItCounts(@ForAll("gsm") String text) {
        assertThat(Gsm7.encode(text).orElseThrow()).hasSize(Segments.count(text).units());
    }

    @Property
    void countsAnythingAtAll(@ForAll String text) {
        assertThat(Segments.count(text).segments()).isPositive();
    }

    /** Glyph by glyph with explicit filling of each part. */
    private static Segments reference(String text) {
        boolean gsm = text.codePoints().allMatch(c -> ALPHABET.indexOf(c) >= 0 || DOUBLE.indexOf(c) >= 0);
        int single = gsm ? 160 : 70;
        int part = gsm ? 153 : 67;
        int[] costs = text.codePoints()
                .map(c -> gsm ? (DOUBLE.indexOf(c) >= 0 ? 2 : 1) : (c > 0xFFFF ? 2 : 1))
                .toArray();
        int units = 0;
        for (int cost : costs) {
            units += cost;
        }
        SmsEncoding encoding = gsm ? SmsEncoding.GSM_7 : SmsEncoding.UCS_2;
        if (units <= single) {
            return new Segments(encoding, units, 1, single - units);
        }
        int segments = 1;
        int free = part;
        for (int cost : costs) {
            if (free < cost) {
                segments++;
                free = part;
            }
            free -= cost;
        }
        return new Segments(encoding, units, segments, free);
    }

    @Provide
    Arbitrary<String> gsm() {
        return Arbitraries.strings()
                .withChars(ALPHABET + DOUBLE + DOUBLE.repeat(5))
                .ofMaxLength(500);
    }

    @Provide
    Arbitrary<String> mixed() {
        Arbitrary<String> wide = Arbitraries.of("я", "😀", "a", "€", "字", "𠮷")
                .list()
                .ofMaxSize(300)
                .map(glyphs -> String.join("", glyphs));
        return Arbitraries.oneOf(gsm(), wide);
    }

    @Test
    void aTextMayGoInAWiderEncodingThanItNeeds() {
        assertThat(Segments.split("a".repeat(100), SmsEncoding.UCS_2)).containsExactly("a".repeat(67), "a".repeat(33));
        assertThat(Segments.split("a".repeat(100), SmsEncoding.GSM_7)).hasSize(1);
    }
}
