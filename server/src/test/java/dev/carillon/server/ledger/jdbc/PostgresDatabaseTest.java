// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.StoreUnavailableException;
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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class PostgresDatabaseTest extends DatabaseContract {

    private final String url = PostgresServer.shared().createDatabase();

    @Override
    OpenDatabase open() {
        return OpenDatabase.open(Path.of("unused"), Optional.of(PostgresUrl.parse(url)));
    }

    @Test
    void noConfigurationMakesCommitsLossy() throws Exception {
        assertThat(synchronousCommitWhenConfigured("off")).isEqualTo("on");
        assertThat(synchronousCommitWhenConfigured("local")).isEqualTo("on");
        assertThat(synchronousCommitWhenConfigured("remote_apply")).isEqualTo("remote_apply");
    }

    private String synchronousCommitWhenConfigured(String setting) throws SQLException {
        String name = url.substring(url.lastIndexOf('/') + 1);
        try (Connection admin = PostgresServer.shared().connect(url);
                Statement statement = admin.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " SET synchronous_commit = " + setting);
        }
        try (OpenDatabase database = open()) {
            return database.write(connection -> one(connection, "SHOW synchronous_commit"));
        }
    }

    @Test
    void ofTwoThatWaitForEachOtherOneIsToldToTryAgain() throws Exception {
        UUID key = new UUID(1, 1);
        try (OpenDatabase database = open();
                ExecutorService executor = Executors.newFixedThreadPool(2)) {
            Store store = database.store();
            store.write(tx -> {
                tx.insert(RowKind.NUMBER, List.of(row(key)));
                tx.insert(RowKind.COUNTER, List.of(row(key)));
                return 0;
            });
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);
            Future<Boolean> one =
                    executor.submit(() -> lockBoth(store, key, RowKind.NUMBER, RowKind.COUNTER, bothHoldOne));
            Future<Boolean> two =
                    executor.submit(() -> lockBoth(store, key, RowKind.COUNTER, RowKind.NUMBER, bothHoldOne));
            assertThat(List.of(one.get(20, TimeUnit.SECONDS), two.get(20, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder(true, false);
        }
    }

    private static boolean lockBoth(Store store, UUID key, RowKind first, RowKind second, CyclicBarrier barrier) {
        try {
            return store.write(tx -> {
                tx.load(first, List.of(key));
                try {
                    barrier.await(10, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                tx.load(second, List.of(key));
                return true;
            });
        } catch (StoreConflictException e) {
            return false;
        }
    }

    /** The locks are taken in key order, whatever the order of the caller: not one transaction is void. */
    @Test
    void theCallersOrderOfKeysCannotDeadlock() throws Exception {
        List<UUID> keys = List.of(new UUID(-1, 1), new UUID(1, 1), new UUID(1, -1), new UUID(Long.MIN_VALUE, 5));
        try (OpenDatabase database = open();
                ExecutorService executor = Executors.newFixedThreadPool(4)) {
            Store store = database.store();
            store.write(tx -> {
                tx.insert(
                        RowKind.COUNTER,
                        keys.stream().map(PostgresDatabaseTest::row).toList());
                return 0;
            });
            List<Future<Integer>> futures = java.util.stream.IntStream.range(0, 4)
                    .mapToObj(thread -> executor.submit(() -> {
                        List<UUID> order = thread % 2 == 0 ? keys : keys.reversed();
                        for (int i = 0; i < 50; i++) {
                            store.write(tx -> {
                                tx.load(RowKind.COUNTER, order);
                                tx.update(
                                        RowKind.COUNTER,
                                        order.stream()
                                                .map(PostgresDatabaseTest::row)
                                                .toList());
                                return 0;
                            });
                        }
                        return 0;
                    }))
                    .toList();
            for (Future<Integer> future : futures) {
                assertThat(future.get(30, TimeUnit.SECONDS)).isZero();
            }
        }
    }

    @Test
    void aStoreRecoversWhenTheServerComesBack() {
        try (PostgresServer server = PostgresServer.start();
                OpenDatabase database =
                        OpenDatabase.open(Path.of("unused"), Optional.of(PostgresUrl.parse(server.createDatabase())))) {
            Store store = database.store();
            UUID key = new UUID(1, 1);
            store.write(tx -> {
                tx.insert(RowKind.NUMBER, List.of(row(key)));
                return 0;
            });
            server.stop();
            assertThat(store.isReachable()).isFalse();
            assertThatThrownBy(() -> store.read(RowKind.NUMBER, key))
                    .isInstanceOf(StoreException.class)
                    .isNotInstanceOf(StoreConflictException.class);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatThrownBy(
                            () -> store.write(tx -> tx.load(RowKind.NUMBER, List.of(key))))
                    .isInstanceOf(StoreUnavailableException.class));

            server.startAgain();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(store::isReachable);
            assertThat(store.read(RowKind.NUMBER, key)).isPresent();
            assertThat(store.<Integer>write(
                            tx -> tx.load(RowKind.NUMBER, List.of(key)).size()))
                    .isEqualTo(1);
        }
    }

    @Test
    void anUnreachableServerIsNamedWithoutThePassword() {
        assertThatThrownBy(() -> OpenDatabase.open(
                        Path.of("unused"),
                        Optional.of(
                                PostgresUrl.parse("postgresql://joe:secret@localhost:1/carillon?connectTimeout=1"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("localhost:1/carillon")
                .hasMessageNotContaining("secret");
    }

    private static Row row(UUID key) {
        return new Row(key, new byte[] {1}, Instant.EPOCH);
    }

    static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
