// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.delivery.smpp.TextEncoder.Parts;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.jsmpp.bean.OptionalParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEncoderTest {
    private static final TextEncoder GSM = new TextEncoder(Alphabet.GSM, (byte) 0, Parts.UDH);
    private static final TextEncoder LATIN1 = new TextEncoder(Alphabet.LATIN1, (byte) 3, Parts.UDH);
    private static final TextEncoder ASCII = new TextEncoder(Alphabet.ASCII, (byte) 1, Parts.UDH);

    /** The classic mistake is to send one of these as Latin-1 in data_coding 0. */
    @ParameterizedTest
    @CsvSource({"@,00", "$,02", "_,11", "é,05", "Δ,10", "€,1b65", "[,1b3c", "a,61", "Ç,09"})
    void gsmIsSeptetsInOctets(String text, String octets) {
        assertThat(single(GSM, text)).isEqualTo("0 " + octets);
    }

    @ParameterizedTest
    @CsvSource({"@,3 40", "$,3 24", "_,3 5f", "é,3 e9", "Δ,8 0394", "€,8 20ac", "[,3 5b"})
    void latin1HasNeitherDeltaNorEuro(String text, String encoded) {
        assertThat(single(LATIN1, text)).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource({"@,1 40", "é,8 00e9", "€,8 20ac", "_,1 5f"})
    void asciiIsSevenBits(String text, String encoded) {
        assertThat(single(ASCII, text)).isEqualTo(encoded);
    }

    @Test
    void whatAPhoneCannotShowInGsmIsUcs2EvenWhereLatin1HasIt() {
        assertThat(single(LATIN1, "ç")).isEqualTo("8 00e7");
        assertThat(single(ASCII, "`")).isEqualTo("8 0060");
    }

    @Test
    void ucs2IsBigEndianWithSurrogates() {
        assertThat(single(GSM, "Код")).isEqualTo("8 041a043e0434");
        assertThat(single(GSM, "🔑")).isEqualTo("8 d83ddd11");
    }

    @Test
    void aFullSmsIsOnePart() {
        assertThat(GSM.encode("a".repeat(160), 1)).hasSize(1);
        assertThat(GSM.encode("ж".repeat(70), 1)).hasSize(1);
        assertThat(GSM.encode("", 1)).singleElement().satisfies(part -> assertThat(part.octets())
                .isEmpty());
    }

    @Test
    void partsHaveAUserDataHeader() {
        List<TextPart> parts = GSM.encode("a".repeat(161), 0x1234);
        assertThat(parts).hasSize(2).allMatch(TextPart::hasHeader).allMatch(part -> part.tlvs()
                .isEmpty());
        assertThat(hex(parts.get(0))).startsWith("050003340201" + "6161").hasSize(2 * (6 + 153));
        assertThat(hex(parts.get(1))).isEqualTo("050003340202" + "61".repeat(8));
    }

    @Test
    void threePartsOfUcs2DoNotTearSurrogates() {
        List<TextPart> parts = GSM.encode("🔑".repeat(70), 7);
        assertThat(parts).hasSize(3).allMatch(part -> part.dataCoding() == 8);
        assertThat(hex(parts.get(0))).startsWith("050003070301").hasSize(2 * (6 + 33 * 4));
        assertThat(hex(parts.get(2))).startsWith("050003070303d83ddd11");
    }

    /** The alphabet decides how long a part is: Δ is GSM, but not for an SMSC that thinks in Latin-1. */
    @Test
    void partsAreCutForTheEncodingThatIsUsed() {
        assertThat(GSM.encode("Δ".repeat(100), 1)).hasSize(1);
        assertThat(LATIN1.encode("Δ".repeat(100), 1)).hasSize(2).allMatch(part -> part.octets().length <= 140);
    }

    @Test
    void sarTellsThePartsByTlv() {
        List<TextPart> parts = new TextEncoder(Alphabet.GSM, (byte) 0, Parts.SAR).encode("a".repeat(161), 0x12F4);
        assertThat(parts).hasSize(2).noneMatch(TextPart::hasHeader);
        assertThat(tlvs(parts.get(1))).containsExactly("020c000212f4", "020e000102", "020f000102");
        assertThat(hex(parts.get(1))).isEqualTo("61".repeat(8));
    }

    @Test
    void payloadIsOneMessage() {
        TextEncoder payload = new TextEncoder(Alphabet.GSM, (byte) 0, Parts.PAYLOAD);
        assertThat(payload.encode("a".repeat(161), 1)).singleElement().satisfies(part -> {
            assertThat(part.octets()).isEmpty();
            assertThat(tlvs(part)).containsExactly("042400a1" + "61".repeat(161));
        });
        assertThat(single(payload, "a")).isEqualTo("0 61");
    }

    @Test
    void aTextThatIsFarTooLongIsRefused() {
        assertThatThrownBy(() -> GSM.encode("a".repeat(153 * 256), 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void nothingIsLostAndNothingIsTooLong(
            @ForAll @StringLength(max = 400) String text, @ForAll Alphabet alphabet, @ForAll @IntRange int reference) {
        List<TextPart> parts = new TextEncoder(alphabet, (byte) 0, Parts.UDH).encode(text, reference);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (TextPart part : parts) {
            assertThat(part.octets().length).isLessThanOrEqualTo(part.dataCoding() == 8 ? 140 : 160);
            whole.writeBytes(Arrays.copyOfRange(part.octets(), part.hasHeader() ? 6 : 0, part.octets().length));
        }
        byte[] expected = alphabet.canEncode(text) ? alphabet.encode(text) : text.getBytes(StandardCharsets.UTF_16BE);
        assertThat(whole.toByteArray()).isEqualTo(expected);
    }

    private static String single(TextEncoder encoder, String text) {
        List<TextPart> parts = encoder.encode(text, 1);
        assertThat(parts).hasSize(1).noneMatch(TextPart::hasHeader);
        return parts.getFirst().dataCoding() + " " + hex(parts.getFirst());
    }

    private static String hex(TextPart part) {
        return HexFormat.of().formatHex(part.octets());
    }

    private static List<String> tlvs(TextPart part) {
        return part.tlvs().stream()
                .map(OptionalParameter::serialize)
                .map(HexFormat.of()::formatHex)
                .toList();
    }
}
