// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.carillon.server.ledger.CommitUnknownException;
import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a writer is told when its server goes, becomes a standby, or has lost its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresFailoverTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WAITS_FOR_STANDBY =
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'carillon' AND wait_event = 'SyncRep'";
    private static final String IN_TRANSACTION =
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'carillon' AND state = 'idle in transaction'";

    private PostgresServer server;
    private String url;
    private OpenDatabase database;
    private Store store;

    @SuppressWarnings("NullAway.Init") // what start() and open() set
    PostgresFailoverTest() {}

    @BeforeAll
    void start() {
        server = PostgresServer.start();
        url = server.createDatabase();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void open() {
        database = OpenDatabase.open(Path.of("unused"), Optional.of(PostgresUrl.parse(url)));
        store = database.store();
    }

    @AfterEach
    void close() throws SQLException {
        waitForStandby("");
        database.close();
    }

    /** The connection is cut between the commit and its answer: it is on disk, and nobody has said so. */
    @Test
    void aConnectionLostInACommitLeavesItUnknown() throws Exception {
        UUID key = UUID.randomUUID();
        failInCommit(key, "SELECT pg_terminate_backend(%d)");
        assertThat(store.read(RowKind.NUMBER, key)).isPresent();
    }

    /** PostgreSQL answers such a commit with success, although no standby has it. */
    @Test
    void aCommitWhoseWaitForTheStandbyIsCancelledIsUnknown() throws Exception {
        failInCommit(UUID.randomUUID(), "SELECT pg_cancel_backend(%d)");
    }

    @Test
    void soIsAnyOtherTransaction() throws Exception {
        waitForStandby("nobody");
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Boolean> writing = executor.submit(() -> {
                assertThatExceptionOfType(CommitUnknownException.class)
                        .isThrownBy(() -> database.write(connection -> {
                            try (Statement statement = connection.createStatement()) {
                                return statement.executeUpdate("UPDATE directory_version SET version = version + 1");
                            }
                        }));
                return true;
            });
            onSessions(WAITS_FOR_STANDBY, "SELECT pg_cancel_backend(%d)");
            assertThat(writing.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void failInCommit(UUID key, String deed) throws Exception {
        waitForStandby("nobody");
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Boolean> writing = executor.submit(() -> {
                assertThatExceptionOfType(CommitUnknownException.class).isThrownBy(() -> insert(key));
                return true;
            });
            onSessions(WAITS_FOR_STANDBY, deed);
            assertThat(writing.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Nothing can have been committed, so that it may be run again. */
    @Test
    void aConnectionLostBeforeTheCommitMakesTheTransactionVoid() {
        UUID key = UUID.randomUUID();
        assertThatExceptionOfType(StoreConflictException.class)
                .isThrownBy(() -> store.write(tx -> {
                    tx.load(RowKind.NUMBER, List.of(key));
                    tx.insert(RowKind.NUMBER, List.of(row(key)));
                    sql(statement -> {
                        onSessions(IN_TRANSACTION, "SELECT pg_terminate_backend(%d)");
                        return true;
                    });
                    return tx.load(RowKind.COUNTER, List.of(key));
                }));
        assertThat(store.read(RowKind.NUMBER, key)).isEmpty();
        insert(key);
        assertThat(store.read(RowKind.NUMBER, key)).isPresent();
    }

    /** A node must neither begin on a standby, nor take work while it has nothing else, nor need a restart when it is promoted. */
    @Test
    void aStandbyIsNoDatabaseToWriteTo() {
        UUID key = UUID.randomUUID();
        server.stop();
        server.startAgainAsStandby();
        // The pool may still have connections to what was there before.
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StoreException.class)
                .until(() -> store.read(RowKind.NUMBER, key).isEmpty());

        assertThat(store.isReachable()).isFalse();
        assertThatExceptionOfType(StoreConflictException.class).isThrownBy(() -> insert(key));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> OpenDatabase.open(Path.of("unused"), Optional.of(PostgresUrl.parse(url))))
                .withMessageContaining("is a standby");

        sql(statement -> statement.execute("SELECT pg_promote()"));
        await().atMost(PATIENCE).until(store::isReachable);
        insert(key);
        assertThat(store.read(RowKind.NUMBER, key)).isPresent();
    }

    private void insert(UUID key) {
        int _ = store.write(tx -> {
            tx.insert(RowKind.NUMBER, List.of(row(key)));
            return 1;
        });
    }

    private static Row row(UUID key) {
        return new Row(key, new byte[] {1}, Instant.EPOCH);
    }

    /** From now on commits wait for a standby of that name; nobody has one. */
    private void waitForStandby(String name) throws SQLException {
        sql(statement -> {
            statement.execute("ALTER SYSTEM SET synchronous_standby_names = '" + name + "'");
            return statement.execute("SELECT pg_reload_conf()");
        });
        await().atMost(PATIENCE)
                .until(() -> sql(statement -> {
                    try (ResultSet shown = statement.executeQuery("SHOW synchronous_standby_names")) {
                        return shown.next() && shown.getString(1).equals(name);
                    }
                }));
    }

    /** Does something to the sessions of the store that the query finds, once there is one. */
    private void onSessions(String query, String deed) {
        await().atMost(PATIENCE)
                .until(() -> sql(statement -> {
                    boolean found = false;
                    try (ResultSet sessions = statement.executeQuery(query);
                            Statement doing = statement.getConnection().createStatement()) {
                        while (sessions.next()) {
                            found = true;
                            doing.execute(deed.formatted(sessions.getInt(1)));
                        }
                    }
                    return found;
                }));
    }

    private interface SqlWork<T> {
        T run(Statement statement) throws SQLException;
    }

    /** As the superuser, and without waiting for a standby. */
    private <T> T sql(SqlWork<T> work) {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = local");
            return work.run(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
