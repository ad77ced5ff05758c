// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Posting;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked of accounts' books in the same words on both engines, which differ in how they keep a key. */
final class BookQueries {
    /** The newest entries of an account, at most so many. */
    static final String ENTRIES = "SELECT id, verification, available, reserved, charged, cost, cost_currency, note"
            + " FROM balance_entry WHERE account = ? ORDER BY id DESC LIMIT ?";

    /** The sums of entries, and the stripes: of both tables at one moment, as one statement sees them. */
    static final String SUMS = "SELECT account AS key, CAST(NULL AS bytea) AS body, sum(funded), sum(available),"
            + " sum(reserved), sum(charged) FROM balance_entry GROUP BY account"
            + " UNION ALL SELECT key, body, 0, 0, 0, 0 FROM balance";

    private BookQueries() {}

    /** How an engine keeps keys. */
    interface KeyReader {
        /** The key in a column, counted from 1; null where there is none. */
        @Nullable
        UUID read(ResultSet rows, int column) throws SQLException;

        /** The key in a column that always has one. */
        default UUID present(ResultSet rows, int column) throws SQLException {
            UUID key = read(rows, column);
            if (key == null) {
                throw new SQLException("column " + column + " has no key");
            }
            return key;
        }
    }

    /** What {@link #ENTRIES} found. */
    static List<BalanceEntry> entries(ResultSet rows, UUID account, KeyReader keys) throws SQLException {
        List<BalanceEntry> entries = new ArrayList<>();
        while (rows.next()) {
            entries.add(entry(rows, account, keys));
        }
        return entries;
    }

    private static BalanceEntry entry(ResultSet rows, UUID account, KeyReader keys) throws SQLException {
        UUID id = keys.present(rows, 1);
        long available = rows.getLong(3);
        long reserved = rows.getLong(4);
        long charged = rows.getLong(5);
        long cost = rows.getLong(6);
        Optional<Money> paid = Optional.ofNullable(rows.getString(7)).map(currency -> new Money(cost, currency));
        Amounts change =
                new Amounts(Math.addExact(Math.addExact(available, reserved), charged), available, reserved, charged);
        return new BalanceEntry(
                id,
                new Posting(
                        account,
                        Instant.ofEpochMilli(Keys.millisOf(id)),
                        Optional.ofNullable(keys.read(rows, 2)),
                        change,
                        paid,
                        Optional.ofNullable(rows.getString(8))));
    }

    /** What {@link #SUMS} found. */
    static Store.BookRows sums(ResultSet rows, KeyReader keys) throws SQLException {
        Map<UUID, Amounts> entries = new HashMap<>();
        Map<UUID, byte[]> stripes = new HashMap<>();
        while (rows.next()) {
            UUID key = keys.present(rows, 1);
            byte[] body = rows.getBytes(2);
            if (body == null) {
                entries.put(key, new Amounts(rows.getLong(3), rows.getLong(4), rows.getLong(5), rows.getLong(6)));
            } else {
                stripes.put(key, body);
            }
        }
        return new Store.BookRows(entries, stripes);
    }
}
