// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.StoreUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class SqliteDatabaseTest extends DatabaseContract {

    private static final byte[] LARGE = new byte[100_000];

    @TempDir
    Path parent;

    private Path dataDir() {
        return parent.resolve("data");
    }

    @Override
    OpenDatabase open() {
        return OpenDatabase.open(dataDir(), Optional.empty());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseCanReadTheFiles() throws Exception {
        try (OpenDatabase database = open()) {
            insertAccount(database, "a");
            assertThat(permissions(dataDir())).isEqualTo("rwx------");
            assertThat(permissions(dataDir().resolve("carillon.db"))).isEqualTo("rw-------");
            assertThat(permissions(dataDir().resolve("carillon.db-wal"))).isEqualTo("rw-------");
        }
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void everyCommitIsForcedToDisk() {
        try (OpenDatabase database = open()) {
            assertThat(database.<String>write(connection -> pragma(connection, "synchronous")))
                    .isEqualTo("2");
            assertThat(database.<String>write(connection -> pragma(connection, "journal_mode")))
                    .isEqualTo("wal");
            assertThat(database.<String>write(connection -> pragma(connection, "secure_delete")))
                    .isEqualTo("1");
        }
    }

    @Test
    void aWriterWaitsForAnotherProcess() throws Exception {
        try (OpenDatabase database = open();
                Connection other = SqliteSession.dataSource(dataDir().resolve("carillon.db"))
                        .getConnection();
                Statement statement = other.createStatement();
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            statement.execute("BEGIN IMMEDIATE");
            Future<Integer> write = executor.submit(() -> insertAccount(database, "a"));
            assertThatThrownBy(() -> write.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(accounts(database)).isEmpty();
            statement.execute("COMMIT");
            assertThat(write.get(10, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(accounts(database)).containsExactly("a");
        }
    }

    @Test
    void aFullDiskFailsClearlyAndHarmsNothing() {
        try (OpenDatabase database = open()) {
            UUID kept = new UUID(0, 7);
            insert(database, kept);
            database.write(connection -> pragma(
                    connection, "max_page_count = " + (Integer.parseInt(pragma(connection, "page_count")) + 10)));

            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> insert(database, new UUID(0, 1), new UUID(0, 2)))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessage("the disk of the database is full");
                assertThat(database.store().read(RowKind.NUMBER, new UUID(0, 1)))
                        .isEmpty();
                assertThat(database.store().read(RowKind.NUMBER, kept)).hasValue(LARGE);
                assertThat(database.store().isReachable()).isTrue();
            }

            database.write(connection -> pragma(connection, "max_page_count = 100000"));
            insert(database, new UUID(0, 1), new UUID(0, 2));
            assertThat(database.store().read(RowKind.NUMBER, new UUID(0, 2))).hasValue(LARGE);
            assertThat(database.<String>write(connection -> pragma(connection, "integrity_check")))
                    .isEqualTo("ok");
        }
    }

    @Test
    void aWriteInsideAWriteIsAMistakeOfTheCaller() {
        try (OpenDatabase database = open()) {
            assertThatThrownBy(() -> database.write(connection -> insertAccount(database, "a")))
                    .isInstanceOf(IllegalStateException.class);
            insertAccount(database, "a");
        }
    }

    @Test
    void manyReadersShareFewConnections() throws Exception {
        try (OpenDatabase database = open();
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            insertAccount(database, "a");
            List<Future<List<String>>> futures = Stream.generate(() -> executor.submit(() -> accounts(database)))
                    .limit(200)
                    .toList();
            for (Future<List<String>> future : futures) {
                assertThat(future.get(10, TimeUnit.SECONDS)).containsExactly("a");
            }
        }
    }

    private static void insert(OpenDatabase database, UUID... keys) {
        database.store().write(tx -> {
            tx.insert(
                    RowKind.NUMBER,
                    Stream.of(keys)
                            .map(key -> new Row(key, LARGE, Instant.EPOCH))
                            .toList());
            return 0;
        });
    }

    private static String pragma(Connection connection, String pragma) throws java.sql.SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + pragma)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
