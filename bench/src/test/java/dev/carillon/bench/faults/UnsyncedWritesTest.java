// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.bench.faults.UnsyncedWrites.Range;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnsyncedWritesTest {
    private static final Path WAL = Path.of("/d/carillon.db-wal");

    private static List<Range> unsynced(String log) {
        return UnsyncedWrites.of(log.lines()).of(WAL);
    }

    @Test
    void whatASyncCoveredIsSafe() {
        assertThat(unsynced("""
                7 pwrite64(9</d/carillon.db-wal>, ""..., 24, 32) = 24
                7 pwrite64(9</d/carillon.db-wal>, ""..., 4096, 56) = 4096
                7 fdatasync(9</d/carillon.db-wal>) = 0 (DELAYED)
                7 pwrite64(9</d/carillon.db-wal>, ""..., 24, 4152) = 24
                7 +++ killed by SIGKILL +++
                """)).containsExactly(new Range(4152, 4176));
    }

    @Test
    void aSyncThatDidNotComeBackIsNone() {
        assertThat(unsynced("""
                7 pwrite64(9</d/carillon.db-wal>, ""..., 24, 32) = 24
                7 fsync(9</d/carillon.db-wal>) = ?
                """)).containsExactly(new Range(32, 56));
        assertThat(unsynced("""
                7 pwrite64(9</d/carillon.db-wal>, ""..., 24, 32) = 24
                7 fsync(9</d/carillon.db-wal> <unfinished ...>
                """)).containsExactly(new Range(32, 56));
        assertThat(unsynced("""
                7 pwrite64(9</d/carillon.db-wal>, ""..., 24, 32) = 24
                7 fsync(9</d/carillon.db-wal>) = -1 EIO (Input/output error)
                """)).containsExactly(new Range(32, 56));
    }

    @Test
    void aSyncOfAnotherFileIsNone() {
        assertThat(unsynced("""
                7 pwrite64(9</d/carillon.db-wal>, ""..., 24, 32) = 24
                7 pwrite64(4</d/carillon.db>, ""..., 4096, 0) = 4096
                7 fsync(4</d/carillon.db>) = 0
                """)).containsExactly(new Range(32, 56));
    }

    @Test
    void aSyncCoversWhatWasWrittenBeforeItBegan() {
        assertThat(unsynced("""
                7 pwrite64(9</d/carillon.db-wal>, ""..., 24, 32) = 24
                7 fsync(9</d/carillon.db-wal> <unfinished ...>
                8 pwrite64(9</d/carillon.db-wal>, ""..., 24, 56 <unfinished ...>
                7 <... fsync resumed>) = 0 (DELAYED)
                8 <... pwrite64 resumed>) = 24
                """)).containsExactly(new Range(56, 80));
    }

    @Test
    void aWriteThatHadNotEndedIsNotSafe() {
        assertThat(unsynced("""
                7 pwrite64(9</d/carillon.db-wal>, ""..., 24, 32 <unfinished ...>
                8 fsync(9</d/carillon.db-wal>) = 0
                """)).containsExactly(new Range(32, 56));
    }
}
