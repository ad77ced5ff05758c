// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackupCommandsTest extends CommandFixture {
    @Test
    void aBackupSaysWhereItIsAndWhatItLacks() throws Exception {
        assertThat(run("backup", "b.db").out())
                .isEqualTo("b.db: 1,234,567 bytes, schema version 7. It opens with the master secret, which is not in"
                        + " it.\n");
        assertThat(run("backup", "b.db", "--json").json().path("bytes").asLong())
                .isEqualTo(1_234_567);
        assertThat(backups.made).containsExactly(Path.of("b.db"), Path.of("b.db"));
        assertThat(store.opened).as("a store that is opened is migrated").isZero();
    }

    @Test
    void aRestoreTakesTheKeyAlong() {
        assertThat(run("restore", "b.db", "--data", "d").out()).startsWith("Restored.");
        assertThat(run("restore", "b.db", "--master-key", "k").code()).isZero();
        assertThat(backups.restored).containsExactly(Path.of("b.db"), Path.of("b.db"));
        assertThat(backups.keys).containsExactly(Optional.empty(), Optional.of(Path.of("k")));
        assertThat(configs.getFirst().dataDir()).isEqualTo(Path.of("d"));
    }

    @Test
    void aFileHasToBeNamed() {
        assertThat(run("backup").code()).isEqualTo(2);
        assertThat(run("restore").code()).isEqualTo(2);
    }
}
