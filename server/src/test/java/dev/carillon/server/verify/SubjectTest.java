// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.core.verification.Sealed;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import dev.carillon.server.secret.TestDatabase;
import dev.carillon.server.secret.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectTest {
    private static final UUID ID = new UUID(0x4000L, 1);
    private static final Optional<String> NONE = Optional.empty();
    private static final Subject LEAST = new Subject("+33612345678", Signals.NONE, NONE, NONE, NONE, "fr-FR");
    private static final Subject MOST = new Subject(
            "+12125550123",
            new Signals(
                    Optional.of("2001:db8::1"),
                    Optional.of("device"),
                    Optional.of(DeviceType.ANDROID),
                    Optional.of("model \u00e9\ud83d\ude00"),
                    Optional.of("15"),
                    Optional.of(""),
                    Optional.of("FA+9qCX9VSu"),
                    Optional.of(false)),
            Optional.of("template"),
            Optional.of("https://example.com/hook"),
            Optional.of("x".repeat(5000)),
            "en-US");

    @TempDir
    Path folder;

    private Keyring keyring;

    @BeforeEach
    void open() {
        keyring = Keyring.load(
                TestDatabase.sqlite(folder), new MasterSecretSource(Optional.empty(), folder), new TestClock());
    }

    @Test
    void isReadAsItWasSealed() {
        for (Subject subject : new Subject[] {LEAST, MOST}) {
            assertThat(Subject.open(subject.seal(keyring, ID), keyring, ID)).isEqualTo(subject);
        }
    }

    @Test
    void belongsToItsVerification() {
        Sealed sealed = LEAST.seal(keyring, ID);
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> Subject.open(sealed, keyring, new UUID(0x4000L, 2)));
    }

    @Test
    void tellsNothingToWhoHasNoKey() {
        String bytes = new String(MOST.seal(keyring, ID).bytes(), StandardCharsets.ISO_8859_1);
        assertThat(bytes)
                .doesNotContain("2125550123")
                .doesNotContain("2001:db8")
                .doesNotContain("device");
    }

    @Test
    void twoOfTheSameNumberLookDifferent() {
        assertThat(LEAST.seal(keyring, ID)).isNotEqualTo(LEAST.seal(keyring, ID));
    }
}
