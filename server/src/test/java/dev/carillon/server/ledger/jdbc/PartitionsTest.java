// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.ledger.Row;
import dev.carillon.server.ledger.RowKind;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.testing.PostgresServer;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionsTest {

    private static final Instant NOW = Instant.parse("2026-07-13T10:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-07-13");
    private static final Duration RETENTION = Duration.ofDays(30);

    private final String url = PostgresServer.shared().createDatabase();
    private final PostgresDatabase database = PostgresDatabase.open(PostgresUrl.parse(url));
    private final Partitions partitions = new Partitions(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void theBoundsAreThoseOfTheDayInUtc() {
        assertThat(Partitions.name(TODAY)).isEqualTo("verification_p20260713");
        assertThat(Partitions.dayOf("verification_p20260713")).hasValue(TODAY);
        assertThat(Partitions.dayOf("verification_default")).isEmpty();
        assertThat(Partitions.dayOf("verification_p2026")).isEmpty();
        UUID first = Partitions.firstKey(TODAY);
        assertThat(first.getMostSignificantBits() >>> 16)
                .isEqualTo(Instant.parse("2026-07-13T00:00:00Z").toEpochMilli());
        assertThat(first.getMostSignificantBits() & 0xFFFF).isZero();
        assertThat(first.getLeastSignificantBits()).isZero();
    }

    @Test
    void partitionsAreMadeAheadAndDroppedWithAge() {
        assertThat(partitions.existing()).isEmpty();
        assertThat(partitions.step(NOW, RETENTION)).isFalse();
        assertThat(partitions.existing())
                .containsExactly(TODAY, TODAY.plusDays(1), TODAY.plusDays(2), TODAY.plusDays(3));

        UUID last = id("2026-07-13T23:59:59.999Z");
        UUID next = id("2026-07-14T00:00:00Z");
        insert(last, next);
        assertThat(partitionOf(last)).isEqualTo("verification_p20260713");
        assertThat(partitionOf(next)).isEqualTo("verification_p20260714");

        // Until the last instant of the day is past its retention, it stays.
        step("2026-08-12T23:59:59.999Z");
        assertThat(partitions.existing()).startsWith(TODAY);
        step("2026-08-13T00:00:00Z");
        assertThat(partitions.existing()).doesNotContain(TODAY).startsWith(TODAY.plusDays(1));
        assertThat(database.store().read(RowKind.VERIFICATION, last)).isEmpty();
        assertThat(database.store().read(RowKind.VERIFICATION, next)).isPresent();
    }

    @Test
    void rowsThatCameTooEarlyMoveToTheirPartition() {
        UUID today = id("2026-07-13T10:00:00Z");
        UUID tomorrow = id("2026-07-14T10:00:00Z");
        UUID elsewhere = id("2031-01-01T00:00:00Z");
        insert(today, tomorrow, elsewhere);
        assertThat(partitionOf(today)).isEqualTo("verification_default");

        partitions.step(NOW, RETENTION);

        assertThat(partitionOf(today)).isEqualTo("verification_p20260713");
        assertThat(partitionOf(tomorrow)).isEqualTo("verification_p20260714");
        assertThat(partitionOf(elsewhere)).isEqualTo("verification_default");
        assertThat(database.store().read(RowKind.VERIFICATION, today)).isPresent();
    }

    @Test
    void aDayWithTooManyRowsToMoveStaysWhereItIs() throws Exception {
        database.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO verification SELECT"
                    + " (lpad(to_hex(?::bigint + n), 12, '0') || '70008000000000000000')::uuid, ''"
                    + " FROM generate_series(0, ?) AS n")) {
                insert.setLong(1, NOW.toEpochMilli());
                insert.setInt(2, Partitions.MOVABLE_ROWS);
                return insert.executeUpdate();
            }
        });
        partitions.step(NOW, RETENTION);
        assertThat(partitions.existing()).containsExactly(TODAY.plusDays(1), TODAY.plusDays(2), TODAY.plusDays(3));

        Instant longAfter = NOW.plus(Duration.ofDays(40));
        int steps = 0;
        while (partitions.step(longAfter, RETENTION)) {
            steps++;
        }
        assertThat(steps).isGreaterThan(Partitions.MOVABLE_ROWS / 500 - 1);
        assertThat(count("verification")).isZero();
        assertThat(partitions.existing()).first().isEqualTo(LocalDate.parse("2026-08-22"));
    }

    @Test
    void whoGetsNoLockTriesAgain() throws Exception {
        try (var other = PostgresServer.shared().connect(url);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE verification_default IN ROW EXCLUSIVE MODE"); // as a writer does
            assertThat(partitions.step(NOW, RETENTION)).isFalse();
            assertThat(partitions.existing()).isEmpty();
            other.rollback();
        }
        partitions.step(NOW.plusSeconds(1), RETENTION);
        assertThat(partitions.existing()).hasSize(4);
    }

    /** pg_dump has a lock on every table for as long as it runs, and who waits for a lock holds up everybody after it. */
    @Test
    void aLockThatIsKeptForLongIsTriedForLessAndLessOften() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        try (PostgresDatabase spied = (PostgresDatabase) SpiedPostgres.open(
                        url,
                        (sql, _) -> tries.addAndGet(sql.startsWith("LOCK TABLE ONLY verification IN SHARE") ? 1 : 0));
                var dump = PostgresServer.shared().connect(url);
                Statement statement = dump.createStatement()) {
            Partitions busy = new Partitions(spied);
            dump.setAutoCommit(false);
            statement.execute("LOCK TABLE verification, verification_default IN ACCESS SHARE MODE");
            for (int step = 0; step < 40; step++) {
                busy.step(NOW.plusSeconds(5L * step), RETENTION);
            }
            assertThat(tries).as("of 40 steps in 200 s").hasValue(9);
            assertThat(partitions.existing()).isEmpty();
            dump.rollback();
            busy.step(NOW.plus(Duration.ofMinutes(13)), RETENTION);
        }
        assertThat(partitions.existing()).hasSize(4);
    }

    @Test
    void aVerificationIsLookedForInThePartitionOfItsDay() {
        UUID today = id("2026-07-20T10:00:00Z");
        assertThat(partitions.table(today)).isEqualTo("verification");
        partitions.step(Instant.parse("2026-07-20T00:00:00Z"), RETENTION);
        assertThat(partitions.table(today)).isEqualTo("verification_p20260720");
        assertThat(partitions.table(id("2026-07-23T23:59:59.999Z"))).isEqualTo("verification_p20260723");
        assertThat(partitions.table(id("2026-07-24T00:00:00Z"))).isEqualTo("verification");
        assertThat(partitions.table(id("2026-07-19T23:59:59.999Z"))).isEqualTo("verification");
        assertThat(partitions.table(new UUID(-1, -1))).isEqualTo("verification");
    }

    @Test
    void aPartitionThatAnotherNodeDroppedIsAConflictOnceAndThenNoLonger() {
        Store store = database.store();
        store.maintain(NOW, RETENTION);
        UUID key = Keys.firstAt(NOW);
        String sql = "DROP TABLE " + Partitions.name(NOW.atZone(ZoneOffset.UTC).toLocalDate());
        database.inTransaction(connection -> connection.createStatement().execute(sql));
        assertThatThrownBy(() -> store.write(tx -> tx.load(RowKind.VERIFICATION, List.of(key))))
                .isInstanceOf(StoreConflictException.class);
        Map<UUID, byte[]> found = store.write(tx -> tx.load(RowKind.VERIFICATION, List.of(key)));
        assertThat(found).isEmpty();
    }

    @Test
    void inAPartitionThatAnotherNodeDroppedNothingIsFound() {
        Store store = database.store();
        store.maintain(NOW, RETENTION);
        UUID key = Keys.firstAt(NOW);
        UUID elsewhere = id("2020-01-01T00:00:00Z");
        insert(elsewhere);
        String sql = "DROP TABLE " + Partitions.name(NOW.atZone(ZoneOffset.UTC).toLocalDate());
        database.inTransaction(connection -> connection.createStatement().execute(sql));
        assertThat(store.read(RowKind.VERIFICATION, key)).isEmpty();
        assertThat(store.read(RowKind.VERIFICATION, elsewhere)).isPresent();
    }

    /** A plan made while a table is small is kept while it grows. */
    @ParameterizedTest
    @ValueSource(strings = {"number", "verification_default"})
    void noStatementReadsAWholeTableNotEvenAnEmptyOne(String table) {
        RowKind kind = table.equals("number") ? RowKind.NUMBER : RowKind.VERIFICATION;
        PostgresTransaction.Sql sql = PostgresTransaction.Sql.of(kind, table);
        UuidArray keys = new UuidArray(List.of(id("2026-07-20T10:00:00Z"), id("2026-07-20T11:00:00Z")));
        for (String statement : List.of(sql.select(), sql.update(), sql.delete())) {
            List<String> plan = new ArrayList<>();
            RoundTrip explain = new RoundTrip();
            List<Object> parameters = new ArrayList<>(List.of(keys));
            if (statement.startsWith("UPDATE")) {
                parameters.add(new byte[][] {{1}, {2}});
                if (kind == RowKind.NUMBER) {
                    parameters.add(new Long[] {1L, 2L});
                }
            }
            explain.query("EXPLAIN " + statement, row -> plan.add(row.getString(1)), parameters.toArray());
            database.inTransaction(connection -> {
                explain.run(connection);
                return 0;
            });
            assertThat(String.join("\n", plan)).contains(table + "_pkey").doesNotContain("Seq Scan");
        }
    }

    private void step(String now) {
        while (partitions.step(Instant.parse(now), RETENTION)) {
            // until all is done
        }
    }

    private void insert(UUID... keys) {
        database.store().write(tx -> {
            tx.insert(
                    RowKind.VERIFICATION,
                    Arrays.stream(keys)
                            .map(key -> new Row(key, new byte[] {1}, Instant.EPOCH))
                            .toList());
            return 0;
        });
    }

    private String partitionOf(UUID key) {
        return Optional.ofNullable(database.<String>read(connection -> PostgresDatabaseTest.one(
                        connection, "SELECT tableoid::regclass FROM verification WHERE key = '" + key + "'")))
                .orElseThrow();
    }

    private int count(String table) {
        return database.read(
                connection -> Integer.valueOf(PostgresDatabaseTest.one(connection, "SELECT count(*) FROM " + table)));
    }

    private static UUID id(String created) {
        return new UUID(Instant.parse(created).toEpochMilli() << 16 | 0x7ABC, 0x8000_0000_0000_0001L);
    }
}
