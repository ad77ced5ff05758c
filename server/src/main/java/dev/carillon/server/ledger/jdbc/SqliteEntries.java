// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.core.account.Money;
import dev.carillon.core.balance.Posting;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.Store;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The entries of accounts' books in SQLite. */
final class SqliteEntries {
    private static final String OLD = " FROM balance_entry WHERE account = ? AND id > ? AND id < ? ORDER BY id LIMIT ?";

    private static final String CARRY = "INSERT INTO balance_entry (account, id, funded, available, reserved, charged)"
            + " SELECT ?, ?, sum(funded), sum(available), sum(reserved), sum(charged)"
            + " FROM (SELECT funded, available, reserved, charged" + OLD + ") WHERE true"
            + " ON CONFLICT (account, id) DO UPDATE SET funded = funded + excluded.funded,"
            + " available = available + excluded.available, reserved = reserved + excluded.reserved,"
            + " charged = charged + excluded.charged";

    private final SqliteDatabase database;

    /** The account that was looked at last for entries to be carried forward. */
    private UUID cursor = Keys.LOWEST;

    SqliteEntries(SqliteDatabase database) {
        this.database = database;
    }

    static void insert(SqliteSession session, List<BalanceEntry> entries) throws SQLException {
        PreparedStatement insert = session.prepare("INSERT INTO balance_entry (account, id, verification, funded,"
                + " available, reserved, charged, cost, cost_currency, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (BalanceEntry entry : entries) {
            Posting posting = entry.posting();
            insert.setBytes(1, Keys.toBytes(posting.account()));
            insert.setBytes(2, Keys.toBytes(entry.id()));
            insert.setBytes(3, posting.verification().map(Keys::toBytes).orElse(null));
            insert.setLong(4, posting.change().funded());
            insert.setLong(5, posting.change().available());
            insert.setLong(6, posting.change().reserved());
            insert.setLong(7, posting.change().charged());
            if (posting.cost().isPresent()) {
                insert.setLong(8, posting.cost().get().micros());
            } else {
                insert.setNull(8, Types.BIGINT);
            }
            insert.setString(9, posting.cost().map(Money::currency).orElse(null));
            insert.setString(10, posting.note().orElse(null));
            insert.executeUpdate();
        }
    }

    List<BalanceEntry> list(UUID account, int limit) {
        return database.onReader(session -> {
            PreparedStatement select = session.prepare(BookQueries.ENTRIES);
            select.setBytes(1, Keys.toBytes(account));
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                return BookQueries.entries(rows, account, SqliteEntries::key);
            }
        });
    }

    Store.BookRows books() {
        return database.onReader(session -> {
            try (ResultSet rows = session.prepare(BookQueries.SUMS).executeQuery()) {
                return BookQueries.sums(rows, SqliteEntries::key);
            }
        });
    }

    private static @Nullable UUID key(ResultSet rows, int column) throws SQLException {
        byte[] key = rows.getBytes(column);
        return key == null ? null : Keys.fromBytes(key);
    }

    /** Carries entries of one account forward. True when there may be more to do at once. */
    boolean fold(Instant before) {
        Optional<UUID> account = next();
        if (account.isEmpty()) {
            cursor = Keys.LOWEST;
            return false;
        }
        if (!hasOld(account.get(), before)) {
            cursor = account.get();
            return false;
        }
        return database.inWriteTransaction(session -> {
            PreparedStatement carry = session.prepare(CARRY);
            carry.setBytes(1, Keys.toBytes(account.get()));
            carry.setBytes(2, Keys.toBytes(BalanceEntry.CARRIED));
            old(carry, 3, account.get(), before, ExpirySweep.PAGE);
            carry.executeUpdate();
            PreparedStatement delete =
                    session.prepare("DELETE FROM balance_entry WHERE account = ? AND id IN (SELECT id" + OLD + ")");
            delete.setBytes(1, Keys.toBytes(account.get()));
            old(delete, 2, account.get(), before, ExpirySweep.PAGE);
            return delete.executeUpdate() > 0;
        });
    }

    private Optional<UUID> next() {
        return database.onReader(session -> {
            PreparedStatement select =
                    session.prepare("SELECT account FROM balance_entry WHERE account > ? ORDER BY account LIMIT 1");
            select.setBytes(1, Keys.toBytes(cursor));
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(Keys.fromBytes(rows.getBytes(1))) : Optional.empty();
            }
        });
    }

    private boolean hasOld(UUID account, Instant before) {
        return database.onReader(session -> {
            PreparedStatement select = session.prepare("SELECT id" + OLD);
            old(select, 1, account, before, 1);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        });
    }

    private static void old(PreparedStatement statement, int from, UUID account, Instant before, int limit)
            throws SQLException {
        statement.setBytes(from, Keys.toBytes(account));
        statement.setBytes(from + 1, Keys.toBytes(BalanceEntry.CARRIED));
        statement.setBytes(from + 2, Keys.toBytes(Keys.firstAt(before)));
        statement.setInt(from + 3, limit);
    }
}
