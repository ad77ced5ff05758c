// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Sealed;
import dev.carillon.server.ledger.RowWriter;
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
    private static final Subject LEAST = new Subject(
            new PhoneNumber("+33612345678", "FR", LineType.MOBILE), Signals.NONE, NONE, NONE, NONE, "fr-FR", NONE);
    private static final Subject MOST = new Subject(
            new PhoneNumber("+12125550123", "US", LineType.MOBILE),
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
            "en-US",
            Optional.of("Acme"));

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
    void knowsRegionAndLineAgain() {
        PhoneNumber satellite = new PhoneNumber("+8816123456789", null, LineType.SATELLITE);
        Subject subject = new Subject(satellite, Signals.NONE, NONE, NONE, NONE, "en-US", NONE);
        PhoneNumber read = Subject.open(subject.seal(keyring, ID), keyring, ID).number();
        assertThat(read.regionCode()).isNull();
        assertThat(read.lineType()).isEqualTo(LineType.SATELLITE);
    }

    /** As version 0.1 wrote it. */
    @Test
    void oneOfTheFirstFormIsReadStill() {
        RowWriter old = new RowWriter().number(1).text("+33612345678");
        for (int i = 0; i < 11; i++) {
            old.flag(false);
        }
        old.text("fr-FR");
        Sealed sealed = new Sealed(keyring.seal(old.toBytes(), KeyedHashes.bytes(ID)));
        Subject read = Subject.open(sealed, keyring, ID);
        assertThat(read).isEqualTo(LEAST);
        assertThat(read.number().regionCode()).isEqualTo("FR");
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
