// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreConflictException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code webhook_delivery}, which the ledger adds to. A letter that is leased is due again when the lease ends, so that
 * another node takes over from one that died. Safe for use by several threads and nodes.
 */
public final class Letters {
    private static final String COLUMNS =
            "verification, account, receiver, next, upto, due_at, since, tries, error FROM webhook_delivery";
    private static final int REPLAYS = 10;

    /** How many due letters are looked at to find those of a lease; more of one receiver hide the others until it is busy. */
    private static final int WINDOW = 512;

    private final Database database;

    public Letters(Database database) {
        this.database = database;
    }

    /** Who is not to be called now. */
    record Busy(Collection<UUID> receivers, Collection<UUID> accounts) {}

    /** Whether anything is due; disturbs no writer. */
    boolean isAnyDue(Instant now) {
        return !database.read(connection ->
                        query(connection, "SELECT 1 FROM webhook_delivery WHERE due_at <= ? LIMIT 1", _ -> true, now))
                .isEmpty();
    }

    /**
     * Takes letters that are due, the longest due first.
     *
     * @param perReceiver the most of one receiver
     */
    List<Letter> lease(Instant now, Instant until, int limit, int perReceiver, Busy busy) {
        List<Object> arguments = new ArrayList<>(List.of(until, now, now));
        arguments.addAll(busy.receivers());
        arguments.addAll(busy.accounts());
        arguments.addAll(List.of((long) WINDOW, (long) perReceiver, (long) limit));
        // The outer condition on due_at is looked at again when another node was faster.
        String sql = "UPDATE webhook_delivery SET due_at = ? WHERE due_at <= ? AND verification IN ("
                + "SELECT verification FROM (SELECT verification, due_at,"
                + " row_number() OVER (PARTITION BY receiver ORDER BY due_at) AS place FROM ("
                + "SELECT verification, receiver, due_at FROM webhook_delivery WHERE due_at <= ?"
                + notIn("receiver", busy.receivers()) + notIn("account", busy.accounts())
                + " ORDER BY due_at LIMIT ?) AS due) AS ranked WHERE place <= ? ORDER BY due_at LIMIT ?)"
                + " RETURNING verification, account, receiver, next, upto, due_at, since, tries, error";
        return write(connection -> query(connection, sql, Letters::read, arguments.toArray()));
    }

    private static String notIn(String column, Collection<UUID> values) {
        return values.isEmpty()
                ? ""
                : " AND " + column + " NOT IN (" + String.join(", ", Collections.nCopies(values.size(), "?")) + ")";
    }

    /** Writes what came of letters, all in one transaction. A letter that has grown meanwhile stays, with what is new. */
    void settle(List<Outcome> outcomes, Instant now) {
        if (outcomes.isEmpty()) {
            return;
        }
        int _ = write(connection -> {
            for (Outcome outcome : outcomes) {
                settle(connection, outcome, now);
            }
            return outcomes.size();
        });
    }

    private static void settle(Connection connection, Outcome outcome, Instant now) throws SQLException {
        UUID verification = outcome.letter().verification();
        switch (outcome) {
            case Outcome.Told told -> {
                int deleted = update(
                        connection,
                        "DELETE FROM webhook_delivery WHERE verification = ? AND upto <= ?",
                        verification,
                        (long) told.next());
                if (deleted == 0) {
                    advance(connection, verification, told.next(), now, now, 0, null);
                }
            }
            case Outcome.Failed failed -> {
                boolean further = failed.next() > failed.letter().next();
                int tries = further ? 1 : failed.letter().tries() + 1;
                Instant since = further ? now : failed.letter().since();
                Instant again = RetryPlan.next(tries, since, now).orElse(null);
                advance(connection, verification, failed.next(), again, since, tries, failed.error());
            }
            case Outcome.Deferred deferred ->
                update(
                        connection,
                        "UPDATE webhook_delivery SET due_at = ? WHERE verification = ? AND due_at IS NOT NULL",
                        deferred.until(),
                        verification);
            case Outcome.Moot _ ->
                update(connection, "DELETE FROM webhook_delivery WHERE verification = ?", verification);
        }
    }

    /** Never back, should this node have lost its lease to one that got further. */
    private static void advance(
            Connection connection,
            UUID verification,
            int next,
            @Nullable Instant due,
            Instant since,
            int tries,
            @Nullable String error)
            throws SQLException {
        update(
                connection,
                "UPDATE webhook_delivery SET next = ?, due_at = ?, since = ?, tries = ?, error = ?"
                        + " WHERE verification = ? AND next <= ?",
                (long) next,
                due,
                since,
                (long) tries,
                error,
                verification,
                (long) next);
    }

    /** Gives up what has waited too long for a receiver that is not even asked any more, and forgets what was given up long ago. */
    void bury(Instant now, Duration retention) {
        int _ = write(connection -> update(
                        connection,
                        "UPDATE webhook_delivery SET due_at = NULL WHERE due_at IS NOT NULL AND since <= ?",
                        now.minus(RetryPlan.PATIENCE).minus(RetryPlan.LONGEST))
                + update(
                        connection,
                        "DELETE FROM webhook_delivery WHERE due_at IS NULL AND since <= ?",
                        now.minus(RetryPlan.PATIENCE).minus(retention)));
    }

    /** The oldest letters of an account. */
    public List<Letter> list(UUID account, int limit) {
        return database.read(connection -> query(
                connection,
                "SELECT " + COLUMNS + " WHERE account = ? ORDER BY since, verification LIMIT ?",
                Letters::read,
                account,
                (long) limit));
    }

    /** A verification's letter, when there is anything left to tell. */
    public Optional<Letter> find(UUID verification) {
        return database
                .read(connection ->
                        query(connection, "SELECT " + COLUMNS + " WHERE verification = ?", Letters::read, verification))
                .stream()
                .findFirst();
    }

    /** Tries everything again at once that an account's receivers were given up for. */
    public int replayDead(UUID account, Instant now) {
        return write(connection -> update(
                connection,
                "UPDATE webhook_delivery SET due_at = ?, since = ?, tries = 0 WHERE account = ? AND due_at IS NULL",
                now,
                now,
                account));
    }

    /** Tells everything of a verification again, from its beginning. */
    public void replay(UUID verification, UUID account, UUID receiver, int upto, Instant now) {
        int _ = write(connection -> {
            int _ = update(connection, "DELETE FROM webhook_delivery WHERE verification = ?", verification);
            return update(
                    connection,
                    "INSERT INTO webhook_delivery (verification, account, receiver, next, upto, due_at, since, tries)"
                            + " VALUES (?, ?, ?, 0, ?, ?, ?, 0)",
                    verification,
                    account,
                    receiver,
                    (long) upto,
                    now,
                    now);
        });
    }

    /** How long the letter that has waited longest has been due; for the metrics. */
    Optional<Duration> oldestDue(Instant now) {
        return database
                .read(connection -> query(
                        connection,
                        "SELECT due_at FROM webhook_delivery WHERE due_at <= ? ORDER BY due_at LIMIT 1",
                        row -> Duration.between(Instant.ofEpochMilli(row.getLong(1)), now),
                        now))
                .stream()
                .findFirst();
    }

    private static Letter read(ResultSet row) throws SQLException {
        long due = row.getLong(6);
        Optional<Instant> dueAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
        return new Letter(
                UUID.fromString(row.getString(1)),
                UUID.fromString(row.getString(2)),
                UUID.fromString(row.getString(3)),
                row.getInt(4),
                row.getInt(5),
                dueAt,
                Instant.ofEpochMilli(row.getLong(7)),
                row.getInt(8),
                Optional.ofNullable(row.getString(9)));
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> query(
            Connection connection, String sql, RowReader<T> reader, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet result = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(reader.read(result));
                }
                return rows;
            }
        }
    }

    private static int update(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                // In these statements only a time and a text can be missing, and the driver is told which by its place.
                case null -> statement.setNull(i + 1, i == 1 ? Types.BIGINT : Types.VARCHAR);
                case UUID id -> statement.setString(i + 1, id.toString());
                case Instant time -> statement.setLong(i + 1, time.toEpochMilli());
                case Long number -> statement.setLong(i + 1, number);
                case String text -> statement.setString(i + 1, text);
                default -> throw new IllegalArgumentException("cannot bind this type of argument");
            }
        }
    }

    private <T> T write(Database.SqlWork<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.write(work);
            } catch (StoreConflictException e) {
                if (attempt == REPLAYS) {
                    throw e;
                }
            }
        }
    }
}
