// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for the cold tables and the schema on both engines. */
@Timeout(60)
abstract class DatabaseContract {

    /** Opens the database of the running test. */
    abstract OpenDatabase open();

    @Test
    void coldRowsAreWrittenAndRead() {
        try (OpenDatabase database = open()) {
            assertThat(insertAccount(database, "a")).isEqualTo(1);
            assertThat(accounts(database)).containsExactly("a");
        }
        try (OpenDatabase database = open()) {
            assertThat(accounts(database)).containsExactly("a");
        }
    }

    @Test
    void theSameStatementsServeEveryColdTable() {
        try (OpenDatabase database = open()) {
            database.write(connection -> {
                run(
                        connection,
                        "INSERT INTO api_key (id, account, hash, label, created_at) VALUES (?, ?, ?, ?, ?)",
                        "k",
                        "a",
                        new byte[] {1},
                        "label",
                        1L);
                run(
                        connection,
                        "INSERT INTO list_entry (account, kind, id, body, created_at) VALUES (?, ?, ?, ?, ?)",
                        "a",
                        "test",
                        "1",
                        new byte[] {2},
                        1L);
                run(
                        connection,
                        "INSERT INTO keyring (generation, sealed, active_from) VALUES (?, ?, ?)",
                        1,
                        new byte[] {3},
                        1L);
                run(connection, "INSERT INTO window_key (minute, sealed) VALUES (?, ?)", 1L, new byte[] {4});
                return run(connection, "UPDATE directory_version SET version = version + ?", 1L);
            });
            byte[] sealed = database.read(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery(
                                "SELECT w.sealed FROM window_key w, directory_version d WHERE d.version = 1")) {
                    assertThat(rows.next()).isTrue();
                    return rows.getBytes(1);
                }
            });
            assertThat(sealed).containsExactly(4);
        }
    }

    @Test
    void aFailedColdTransactionWritesNothing() {
        try (OpenDatabase database = open()) {
            RuntimeException thrown = new IllegalStateException("on purpose");
            assertThatThrownBy(() -> database.write(connection -> {
                        insertAccount(connection, "a");
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(accounts(database)).isEmpty();
            insertAccount(database, "a");
            assertThatThrownBy(() -> database.write(connection -> {
                        insertAccount(connection, "b");
                        return insertAccount(connection, "a");
                    }))
                    .isInstanceOf(StoreConflictException.class);
            assertThatThrownBy(() -> database.write(connection -> run(connection, "INSERT INTO nothing VALUES (?)", 1)))
                    .isInstanceOf(StoreException.class);
            assertThat(accounts(database)).containsExactly("a");
            insertAccount(database, "b");
            assertThat(accounts(database)).containsExactly("a", "b");
        }
    }

    @Test
    void aReadCannotWrite() {
        try (OpenDatabase database = open()) {
            assertThatThrownBy(() -> database.read(connection -> insertAccount(connection, "a")))
                    .isInstanceOf(StoreException.class);
            assertThat(accounts(database)).isEmpty();
            insertAccount(database, "a");
        }
    }

    @Test
    void aReadDoesNotWaitForAWriter() {
        try (OpenDatabase database = open()) {
            database.write(connection -> {
                insertAccount(connection, "a");
                assertThat(accounts(database)).isEmpty();
                return 0;
            });
            assertThat(accounts(database)).containsExactly("a");
        }
    }

    @Test
    void hotAndColdWritersTakeTurns() throws Exception {
        try (OpenDatabase database = open();
                ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                futures.add(executor.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        if (number % 2 == 0) {
                            insertAccount(database, number + "/" + i);
                        } else {
                            assertThat(database.store()
                                            .<Integer>write(tx -> tx.load(RowKind.NUMBER, List.of(new UUID(1, 1)))
                                                    .size()))
                                    .isZero();
                        }
                    }
                }));
            }
            for (Future<?> future : futures) {
                future.get(30, TimeUnit.SECONDS);
            }
            assertThat(accounts(database)).hasSize(100);
        }
    }

    @Test
    void nodesThatStartAtOnceMigrateOnce() throws Exception {
        int nodes = 4;
        try (ExecutorService executor = Executors.newFixedThreadPool(nodes)) {
            List<Future<OpenDatabase>> futures = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                futures.add(executor.submit(this::open));
            }
            for (Future<OpenDatabase> future : futures) {
                try (OpenDatabase database = future.get(50, TimeUnit.SECONDS)) {
                    assertThat(database.store().isReachable()).isTrue();
                }
            }
        }
    }

    @Test
    void aNewerSchemaIsRefused() {
        try (OpenDatabase database = open()) {
            database.write(connection -> run(
                    connection,
                    "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                            + " installed_by, installed_on, execution_time, success)"
                            + " SELECT 1000, ?, description, type, script, checksum, installed_by, installed_on,"
                            + " execution_time, success FROM flyway_schema_history WHERE version = '1'",
                    "1000"));
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version 1000")
                .hasMessageContaining("newer Carillon");
    }

    static int insertAccount(OpenDatabase database, String id) {
        return database.write(connection -> insertAccount(connection, id));
    }

    static int insertAccount(Connection connection, String id) throws SQLException {
        return run(
                connection,
                "INSERT INTO account (id, name, status, policy, created_at) VALUES (?, ?, ?, ?, ?)",
                id,
                "name",
                "active",
                "{}",
                1L);
    }

    static List<String> accounts(OpenDatabase database) {
        return database.read(connection -> {
            List<String> ids = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT id FROM account ORDER BY id")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        });
    }

    static int run(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
