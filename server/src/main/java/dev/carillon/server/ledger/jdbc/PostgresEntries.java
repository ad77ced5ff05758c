// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.Amounts;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The entries of accounts' books in PostgreSQL. */
final class PostgresEntries {
    private static final String INSERT = "INSERT INTO balance_entry (account, id, verification, funded, available,"
            + " reserved, charged, cost, cost_currency, note)"
            + " SELECT a, b, NULLIF(c, '00000000-0000-0000-0000-000000000000'), d, e, f, g, h, i, j"
            + " FROM unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],"
            + " ?::bigint[], ?::text[], ?::text[]) AS t (a, b, c, d, e, f, g, h, i, j)";

    /** What another transaction holds is left for another time. */
    private static final String FOLD = """
            WITH old AS MATERIALIZED (
                SELECT id FROM balance_entry WHERE account = ? AND id > ? AND id < ? ORDER BY id LIMIT ?
                FOR UPDATE SKIP LOCKED),
            gone AS (
                DELETE FROM balance_entry AS e USING old WHERE e.account = ? AND e.id = old.id
                RETURNING e.funded, e.available, e.reserved, e.charged)
            INSERT INTO balance_entry (account, id, funded, available, reserved, charged)
            SELECT ?, ?, sum(funded), sum(available), sum(reserved), sum(charged) FROM gone HAVING count(*) > 0
            ON CONFLICT (account, id) DO UPDATE SET funded = balance_entry.funded + excluded.funded,
                available = balance_entry.available + excluded.available,
                reserved = balance_entry.reserved + excluded.reserved,
                charged = balance_entry.charged + excluded.charged
            """;

    private final PostgresDatabase database;

    /** The account that was looked at last for entries to be carried forward. */
    private UUID cursor = Keys.LOWEST;

    PostgresEntries(PostgresDatabase database) {
        this.database = database;
    }

    static void insert(RoundTrip writes, List<BalanceEntry> entries) {
        writes.update(
                INSERT,
                new UuidArray(
                        entries.stream().map(entry -> entry.posting().account()).toList()),
                new UuidArray(entries.stream().map(BalanceEntry::id).toList()),
                new UuidArray(entries.stream()
                        .map(entry -> entry.posting().verification().orElse(Keys.LOWEST))
                        .toList()),
                amounts(entries, Amounts::funded),
                amounts(entries, Amounts::available),
                amounts(entries, Amounts::reserved),
                amounts(entries, Amounts::charged),
                entries.stream()
                        .map(entry -> entry.posting().cost().map(Money::micros).orElse(null))
                        .toArray(Long[]::new),
                entries.stream()
                        .map(entry ->
                                entry.posting().cost().map(Money::currency).orElse(null))
                        .toArray(String[]::new),
                entries.stream()
                        .map(entry -> entry.posting().note().orElse(null))
                        .toArray(String[]::new));
    }

    private static Long[] amounts(List<BalanceEntry> entries, Function<Amounts, Long> amount) {
        return entries.stream()
                .map(entry -> amount.apply(entry.posting().change()))
                .toArray(Long[]::new);
    }

    List<BalanceEntry> list(UUID account, int limit) {
        return database.onConnection(connection -> {
            try (PreparedStatement select = connection.prepareStatement(BookQueries.ENTRIES)) {
                select.setObject(1, account);
                select.setInt(2, limit);
                try (ResultSet rows = select.executeQuery()) {
                    return BookQueries.entries(rows, account, PostgresEntries::key);
                }
            }
        });
    }

    Store.BookRows books() {
        return database.onConnection(connection -> {
            try (PreparedStatement select = connection.prepareStatement(BookQueries.SUMS);
                    ResultSet rows = select.executeQuery()) {
                return BookQueries.sums(rows, PostgresEntries::key);
            }
        });
    }

    private static @Nullable UUID key(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, UUID.class);
    }

    /** Carries entries of one account forward. True when there may be more to do at once. */
    boolean fold(Instant before) {
        Optional<UUID> account = database.onConnection(this::next);
        if (account.isEmpty()) {
            cursor = Keys.LOWEST;
            return false;
        }
        boolean folded = database.onConnection(connection -> {
            try (PreparedStatement fold = connection.prepareStatement(FOLD)) {
                int parameter = 1;
                fold.setObject(parameter++, account.get());
                fold.setObject(parameter++, BalanceEntry.CARRIED);
                fold.setObject(parameter++, Keys.firstAt(before));
                fold.setInt(parameter++, ExpirySweep.PAGE);
                fold.setObject(parameter++, account.get());
                fold.setObject(parameter++, account.get());
                fold.setObject(parameter, BalanceEntry.CARRIED);
                return fold.executeUpdate() > 0;
            }
        });
        if (!folded) {
            cursor = account.get();
        }
        return folded;
    }

    /** The account after the one that was done with last. */
    private Optional<UUID> next(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT account FROM balance_entry WHERE account > ? ORDER BY account LIMIT 1")) {
            select.setObject(1, cursor);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }
}
