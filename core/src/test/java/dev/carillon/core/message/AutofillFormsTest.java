// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of app hash, origin domain and sender. */
final class AutofillFormsTest {

    @ParameterizedTest
    @ValueSource(strings = {"FA+9qCX9VSu", "abcdefghijk", "01234567/+Z"})
    void takesAppHashes(String text) {
        assertThat(AppHash.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "FA+9qCX9VS", "FA+9qCX9VSuu", "FA-9qCX9VSu", "FA+9qCX9VS=", "FA+9qCX9VSu\n", "FÀ+9qCX9VSu"})
    void refusesOtherAppHashes(String text) {
        assertThat(AppHash.isValid(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "a.b",
                "login.example.co.uk",
                "EXAMPLE.com",
                "xn--bcher-kva.example",
                "1.example.com",
                "e.xn--p1ai"
            })
    void takesHosts(String text) {
        assertThat(OriginDomain.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com.",
                ".example.com",
                "example..com",
                "-a.com",
                "a-.com",
                "https://example.com",
                "example.com:443",
                "example.com/x",
                "exa mple.com",
                "bücher.example",
                "192.168.0.1",
                "[::1]",
                "example.com\n",
                "example.com #1",
                "under_score.com"
            })
    void refusesOtherHosts(String text) {
        assertThat(OriginDomain.isValid(text)).isFalse();
    }

    @Test
    void boundsHosts() {
        assertThat(OriginDomain.isValid("a".repeat(63) + ".com")).isTrue();
        assertThat(OriginDomain.isValid("a".repeat(64) + ".com")).isFalse();
        assertThat(OriginDomain.isValid("ab.".repeat(83) + "comm")).isTrue(); // 253
        assertThat(OriginDomain.isValid("ab.".repeat(84) + "com")).isFalse();
        assertThat(OriginDomain.isValid("a".repeat(1_000_000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "Acme",
                "Acme Inc.",
                "A_b-c & d",
                "12345678a",
                "ABCDEFGHIJK",
                "12345",
                "+33612345678",
                "123456789012345"
            })
    void takesSenders(String text) {
        assertThat(SenderId.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "...",
                "ABCDEFGHIJKL",
                "Ünion",
                "Acme!",
                "Acme\n",
                "\nAcme",
                "+",
                "++1",
                "1234567890123456",
                "+1 202",
                "１２３"
            })
    void refusesOtherSenders(String text) {
        assertThat(SenderId.isValid(text)).isFalse();
    }

    @Test
    void tellsNamesFromNumbers() {
        assertThat(SenderId.isName("Acme1")).isTrue();
        assertThat(SenderId.isName("12345")).isFalse();
    }
}
