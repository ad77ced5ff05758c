// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.http.Signatures.Hmac;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignaturesTest {
    private static final Secret JEFE = new Secret("Jefe");
    private static final String WHAT = "what do ya want for nothing?";

    /** RFC 2202 and RFC 4231, test case 2. */
    @ParameterizedTest
    @CsvSource({
        "MD5, 750c783e6ab0b503eaa86e310a5db738",
        "SHA1, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "SHA256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "SHA384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "SHA512, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    })
    void knownHashes(Hmac hmac, String hex) {
        assertThat(Signatures.hex(hmac.of(JEFE, WHAT))).isEqualTo(hex);
        assertThat(hmac.of("Jefe".getBytes(UTF_8), "what do ya ".getBytes(UTF_8), "want for nothing?".getBytes(UTF_8)))
                .isEqualTo(hmac.of(JEFE, WHAT.getBytes(UTF_8)));
        assertThat(Signatures.isHex(hmac.of(JEFE, WHAT), hex)).isTrue();
        assertThat(Signatures.isHex(hmac.of(JEFE, WHAT), hex.toUpperCase(Locale.ROOT)))
                .isTrue();
        assertThat(Signatures.isHex(hmac.of(JEFE, WHAT), hex.substring(1))).isFalse();
        assertThat(Signatures.isHex(hmac.of(JEFE, WHAT), "")).isFalse();
    }

    @Test
    void base64IsComparedAsBytes() {
        byte[] hash = Hmac.SHA1.of(JEFE, WHAT);
        String text = Signatures.base64(hash);
        assertThat(Signatures.isBase64(hash, text)).isTrue();
        assertThat(Signatures.isBase64(hash, text.replace("=", ""))).isTrue();
        assertThat(Signatures.isBase64(hash, text + "x")).isFalse();
        assertThat(Signatures.isBase64(hash, "!")).isFalse();
        assertThat(Signatures.isBase64(hash, "")).isFalse();
    }

    @Test
    void digests() {
        assertThat(Signatures.hex(Signatures.sha256("abc".getBytes(UTF_8))))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Signatures.hex(Signatures.md5("abc".getBytes(UTF_8)))).isEqualTo("900150983cd24fb0d6963f7d28e17f72");
    }

    /** RFC 7617 §2. */
    @Test
    void basicCredentials() {
        assertThat(Signatures.basic("Aladdin", new Secret("open sesame")))
                .isEqualTo("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    }
}
