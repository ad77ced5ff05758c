// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import static dev.carillon.server.secret.TestDatabase.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiphersTest {
    private static final byte[] NONCE = utf8("ABCDEFGHIJKLMNOPQRSTUVWX");

    private static byte[] key(int each) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) each);
        return key;
    }

    /** The test vectors of c2sp.org/XAES-256-GCM; they cover both values of the bit that is carried in the subkey. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "1, '', ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271",
                "3, c2sp.org/XAES-256-GCM, 986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d",
            })
    void xaesAgreesWithItsSpecification(int key, String additionalData, String expected) {
        byte[] blob = new XaesKey(key(key)).seal(new byte[0], NONCE, utf8(additionalData), utf8("XAES-256-GCM"));
        assertThat(HexFormat.of().formatHex(blob, NONCE.length, blob.length)).isEqualTo(expected);
        assertThat(new XaesKey(key(key)).open(0, utf8(additionalData), blob)).isEqualTo(utf8("XAES-256-GCM"));
    }

    /** RFC 5869 leaves no vector for our salt; the ones that matter are that names are apart and results stay the same. */
    @Test
    void hkdfIsStable() {
        assertThat(Hkdf.derive(key(7), "data"))
                .isEqualTo(Hkdf.derive(key(7), "data"))
                .hasSize(32);
        assertThat(Hkdf.derive(key(7), "data")).isNotEqualTo(Hkdf.derive(key(7), "pepper"));
        assertThat(Hkdf.derive(key(7), "data")).isNotEqualTo(Hkdf.derive(key(8), "data"));
    }

    @Test
    void partsOfAHashCannotBeMovedAcrossTheirBorders() {
        HmacKey key = new HmacKey(key(1));
        assertThat(key.over(utf8("ab"), utf8("c"))).isNotEqualTo(key.over(utf8("a"), utf8("bc")));
        assertThat(key.over(utf8("ab"))).isNotEqualTo(key.over(utf8("ab"), new byte[0]));
        assertThat(key.over(utf8("ab"))).isEqualTo(key.over(utf8("ab"))).hasSize(32);
    }

    @Test
    void gcmRefusesEveryChangedBit() {
        byte[] nonce = new byte[12];
        byte[] blob = Gcm.seal(Gcm.key(key(1)), nonce, 0, new byte[] {1, 2}, 2, utf8("context"), utf8("123456"));
        assertThat(Gcm.open(Gcm.key(key(1)), nonce, 0, 2, 2, utf8("context"), blob))
                .isEqualTo(utf8("123456"));
        for (int bit = 0; bit < blob.length * 8; bit++) {
            byte[] changed = blob.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> Gcm.open(Gcm.key(key(1)), nonce, 0, 2, 2, utf8("context"), changed))
                    .isInstanceOf(UnreadableException.class);
        }
    }
}
