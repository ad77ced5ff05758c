// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "203.0.113.7",
                "255.255.255.255",
                "::",
                "::1",
                "2001:db8::7",
                "2001:DB8:0:0:0:0:0:7",
                "::ffff:203.0.113.7",
                "fe80::1"
            })
    void addresses(String text) {
        assertThat(Forms.isIpAddress(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "1",
                "127.1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/24",
                "0x7f.0.0.1",
                "1..2.3",
                ".1.2.3.4",
                "1.2.3.4.",
                "-1.2.3.4",
                "１.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "[::1]",
                "fe80::1%eth0",
                "::g",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "::1.2.3",
                "\u0000"
            })
    void noAddresses(String text) {
        assertThat(Forms.isIpAddress(text)).isFalse();
    }

    @Test
    void uuidsInAnyCase() {
        UUID uuid = UUID.fromString("0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20");
        assertThat(Forms.uuid("0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20")).contains(uuid);
        assertThat(Forms.uuid("0199F5B2-6D3E-7C41-8F2B-3A9C5D7E1F20")).contains(uuid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "0199f5b26d3e7c418f2b3a9c5d7e1f20",
                "{0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20}",
                "0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f2g",
                "0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f2 ",
                "+199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20",
                "00199f5b2-d3e-7c41-8f2b-3a9c5d7e1f20",
                "------------------------------------"
            })
    void noUuids(String text) {
        assertThat(Forms.uuid(text)).isEmpty();
    }

    @Test
    void textIsCountedInCharactersAndHasNoControls() {
        assertThat(Forms.isText("Pixel 9 – Größe 😀", 64)).isTrue();
        assertThat(Forms.isText("😀".repeat(4), 4)).isTrue();
        assertThat(Forms.isText("😀".repeat(5), 4)).isFalse();
        assertThat(Forms.isText("", 4)).isFalse();
        assertThat(Forms.isText("a\u0000b", 4)).isFalse();
        assertThat(Forms.isText("a\nb", 4)).isFalse();
        assertThat(Forms.isText("a\u0085b", 4)).isFalse();
        assertThat(Forms.isText("a\ud800b", 4)).isFalse();
        assertThat(Forms.isText("\udc00", 4)).isFalse();
    }

    @Test
    void pathsAreDecodedAsPaths() {
        assertThat(PathText.decode("+33612345678")).contains("+33612345678");
        assertThat(PathText.decode("%2B33612345678")).contains("+33612345678");
        assertThat(PathText.decode("%2b33+1")).contains("+33+1");
        assertThat(PathText.decode("%C3%A9é")).contains("éé");
        assertThat(PathText.decode("%00")).contains("\u0000");
        assertThat(PathText.decode("%")).isEmpty();
        assertThat(PathText.decode("%2")).isEmpty();
        assertThat(PathText.decode("%zz")).isEmpty();
        assertThat(PathText.decode("%ff")).isEmpty();
    }
}
