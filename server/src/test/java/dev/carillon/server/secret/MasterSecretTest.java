// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterSecretTest {
    private static final String HEX = "fbff00112233445566778899aabbccddeeff00112233445566778899aabbccdd";

    @TempDir
    Path folder;

    private MasterSecretSource file() {
        return new MasterSecretSource(Optional.empty(), folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FBFF00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDD",
                "+/8AESIzRFVmd4iZqrvM3e7/ABEiM0RVZneImaq7zN0=",
                "+/8AESIzRFVmd4iZqrvM3e7/ABEiM0RVZneImaq7zN0",
                "-_8AESIzRFVmd4iZqrvM3e7_ABEiM0RVZneImaq7zN0=",
                "  -_8AESIzRFVmd4iZqrvM3e7_ABEiM0RVZneImaq7zN0\n",
            })
    void everySpellingIsTheSameSecret(String text) {
        assertThat(MasterSecret.parse(text)).isEqualTo(MasterSecret.parse(HEX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "+/8AESIzRFVmd4iZqrvM3e7/ABEiM0RVZneImaq7",
                "+/8AESIzRFVmd4iZqrvM3e7/ABEiM0RVZneImaq7zN0AAA==",
                "not base64 at all!",
                "0000000000000000000000000000000000000000000000000000000000000000",
            })
    void whatIsNotRandomBytesOfTheRightLengthIsRefused(String text) {
        assertThatThrownBy(() -> new MasterSecretSource(Optional.of(text), folder).find())
                .isInstanceOf(SecretException.class)
                .hasMessageStartingWith("CARILLON_MASTER_SECRET: the master secret must be 32 random bytes")
                .satisfies(
                        e -> assertThat(text.length() < 5 ? "" : e.getMessage()).doesNotContain(text + " "));
    }

    @Test
    void theSecretIsNeverShown() {
        MasterSecret secret = MasterSecret.parse(HEX);
        MasterSecretSource source = new MasterSecretSource(Optional.of(HEX), folder);
        assertThat(secret.toString() + secret.hashCode() + source)
                .doesNotContain("fbff")
                .doesNotContain("-_8A");
        assertThat(MasterSecret.parse(secret.reveal())).isEqualTo(secret);
    }

    @Test
    void aFileIsMadeOnceForItsOwnerOnly() throws Exception {
        assertThat(file().find()).isEmpty();
        MasterSecret made = file().create();
        assertThat(file().find()).contains(made);
        assertThat(file().create()).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("master.key"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("master.key"));
        }
    }

    @Test
    void theFolderIsMadeToo() {
        MasterSecretSource source = new MasterSecretSource(Optional.empty(), folder.resolve("a/b"));
        assertThat(source.find()).isEmpty();
        assertThat(source.find()).isEmpty();
        assertThat(source.create()).isEqualTo(source.find().orElseThrow());
    }

    @Test
    void theEnvironmentGoesFirst() {
        file().create();
        assertThat(new MasterSecretSource(Optional.of(HEX), folder).find()).contains(MasterSecret.parse(HEX));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx---r-x"})
    void aFileThatOthersMayUseIsRefused(String mode) throws Exception {
        file().create();
        Files.setPosixFilePermissions(folder.resolve("master.key"), PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> file().find())
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("chmod 600 " + folder.resolve("master.key"));
    }

    @Test
    void aDamagedFileIsRefusedByName() throws Exception {
        file().create();
        Files.writeString(folder.resolve("master.key"), "c2hvcnQ=\n");
        assertThatThrownBy(() -> file().find())
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("master.key")
                .hasMessageContaining("it has 5 bytes");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Files.writeString(folder.resolve("data"), "a file");
        assertThatThrownBy(() -> new MasterSecretSource(Optional.empty(), folder.resolve("data")).create())
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("cannot create " + folder.resolve("data/master.key"));
    }

    @Test
    void allWhoStartAtOnceGetTheSameSecret() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<MasterSecret>> starts = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                starts.add(() -> file().find().orElseGet(() -> file().create()));
            }
            for (Future<MasterSecret> secret : threads.invokeAll(starts)) {
                assertThat(secret.get()).isEqualTo(file().find().orElseThrow());
            }
        }
    }
}
