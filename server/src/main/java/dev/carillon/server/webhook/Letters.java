// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.server.directory.Sql;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreConflictException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
            "verification, audience, account, receiver, next, upto, due_at, since, tries, error";
    private static final int REPLAYS = 10;

    /** The receivers that have letters, in the order of their ids, found by one step of the index each. */
    private static final String RECEIVERS = "WITH RECURSIVE known (receiver, place) AS ("
            + "SELECT min(receiver), 1 FROM webhook_delivery WHERE receiver > ?"
            + " UNION ALL SELECT (SELECT min(receiver) FROM webhook_delivery AS more WHERE more.receiver > known.receiver),"
            + " place + 1 FROM known WHERE known.receiver IS NOT NULL AND place < ?) ";

    private static final String BEFORE_ALL = "";

    private final Database database;

    public Letters(Database database) {
        this.database = database;
    }

    /**
     * A receiver that has letters.
     *
     * @param account whose letter is due there; empty when none is
     */
    record Waiting(UUID receiver, Optional<UUID> account) {}

    /** How many letters of a receiver are to be leased. */
    record Share(UUID receiver, int letters) {}

    /**
     * Some of the receivers that have letters, and whether any is due there: however many are due, each costs the same. Disturbs no
     * writer.
     *
     * @param after the last receiver that was looked at; empty: from the first on
     */
    List<Waiting> waiting(Optional<UUID> after, int limit, Instant now) {
        return database.read(connection -> Sql.query(
                connection,
                RECEIVERS + "SELECT receiver, (SELECT min(account) FROM (SELECT account FROM webhook_delivery AS due"
                        + " WHERE due.receiver = known.receiver AND due.due_at <= ? LIMIT 1) AS one)"
                        + " FROM known WHERE receiver IS NOT NULL ORDER BY receiver",
                row -> new Waiting(
                        UUID.fromString(row.getString(1)),
                        Optional.ofNullable(row.getString(2)).map(UUID::fromString)),
                after.map(UUID::toString).orElse(BEFORE_ALL),
                (long) limit,
                now));
    }

    /** Takes letters that are due, of each receiver those that have been due longest. */
    List<Letter> lease(Instant now, Instant until, List<Share> shares) {
        if (shares.isEmpty()) {
            return List.of();
        }
        List<Object> arguments = new ArrayList<>(List.of(until, now));
        for (Share share : shares) {
            arguments.addAll(List.of(share.receiver(), now, (long) share.letters()));
        }
        // The outer condition on due_at is looked at again when another node was faster.
        String sql = "UPDATE webhook_delivery SET due_at = ? WHERE due_at <= ? AND (verification, audience) IN ("
                + String.join(
                        " UNION ALL ",
                        Collections.nCopies(
                                shares.size(),
                                "SELECT verification, audience FROM (SELECT verification, audience FROM webhook_delivery"
                                        + " WHERE receiver = ? AND due_at <= ? ORDER BY due_at LIMIT ?) AS share"))
                + ") RETURNING " + COLUMNS;
        return write(connection -> Sql.query(connection, sql, Letters::read, arguments.toArray()));
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
        Letter letter = outcome.letter();
        switch (outcome) {
            case Outcome.Told told -> {
                int deleted = Sql.update(
                        connection,
                        "DELETE FROM webhook_delivery WHERE verification = ? AND audience = ? AND next = ? AND upto <= ?",
                        letter.verification(),
                        (long) letter.audience(),
                        (long) letter.next(),
                        (long) told.next());
                if (deleted == 0) {
                    advance(connection, letter, told.next(), now, now, 0, null);
                }
            }
            case Outcome.Failed failed -> {
                boolean further = failed.next() > letter.next();
                int tries = further ? 1 : letter.tries() + 1;
                Instant since = further ? now : letter.since();
                Instant again = RetryPlan.next(tries, since, now).orElse(null);
                advance(connection, letter, failed.next(), again, since, tries, failed.error());
            }
            case Outcome.Moot _ ->
                Sql.update(
                        connection,
                        "DELETE FROM webhook_delivery WHERE verification = ? AND audience = ?",
                        letter.verification(),
                        (long) letter.audience());
        }
    }

    /** Only from where the letter was when it was leased: another node may have got further, or the operator set it back. */
    private static void advance(
            Connection connection,
            Letter letter,
            int next,
            @Nullable Instant due,
            Instant since,
            int tries,
            @Nullable String error)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE webhook_delivery SET next = ?, due_at = ?, since = ?, tries = ?, error = ?"
                        + " WHERE verification = ? AND audience = ? AND next = ?",
                (long) next,
                due,
                since,
                (long) tries,
                error,
                letter.verification(),
                (long) letter.audience(),
                (long) letter.next());
    }

    /** Gives up what has waited too long for a receiver that is not even asked any more, and forgets what was given up long ago. */
    void bury(Instant now, Duration retention) {
        int _ = write(connection -> Sql.update(
                        connection,
                        "UPDATE webhook_delivery SET due_at = NULL WHERE due_at IS NOT NULL AND since <= ?",
                        now.minus(RetryPlan.PATIENCE).minus(RetryPlan.LONGEST))
                + Sql.update(
                        connection,
                        "DELETE FROM webhook_delivery WHERE due_at IS NULL AND since <= ?",
                        now.minus(RetryPlan.PATIENCE).minus(retention)));
    }

    /**
     * The oldest letters of an account.
     *
     * @param dead only those that were given up
     */
    public List<Letter> list(UUID account, boolean dead, int limit) {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT " + COLUMNS + " FROM webhook_delivery WHERE account = ?" + (dead ? " AND due_at IS NULL" : "")
                        + " ORDER BY since, verification, audience LIMIT ?",
                Letters::read,
                account,
                (long) limit));
    }

    /** A verification's letters, as far as there is anything left to tell. */
    public List<Letter> find(UUID verification) {
        return database.read(connection -> Sql.query(
                connection,
                "SELECT " + COLUMNS + " FROM webhook_delivery WHERE verification = ? ORDER BY audience",
                Letters::read,
                verification));
    }

    /** Tries everything again at once that an account's receivers were given up for. */
    public int replayDead(UUID account, Instant now) {
        return write(connection -> Sql.update(
                connection,
                "UPDATE webhook_delivery SET due_at = ?, since = ?, tries = 0 WHERE account = ? AND due_at IS NULL",
                now,
                now,
                account));
    }

    /** Tells an audience everything of a verification again, from its beginning. */
    public void replay(UUID verification, int audience, UUID account, UUID receiver, int upto, Instant now) {
        int _ = write(connection -> Sql.update(
                connection,
                "INSERT INTO webhook_delivery"
                        + " (verification, audience, account, receiver, next, upto, due_at, since, tries)"
                        + " VALUES (?, ?, ?, ?, 0, ?, ?, ?, 0) ON CONFLICT (verification, audience)"
                        + " DO UPDATE SET next = 0, due_at = excluded.due_at, since = excluded.since, tries = 0",
                verification,
                (long) audience,
                account,
                receiver,
                (long) upto,
                now,
                now));
    }

    /** How long the letter that has waited longest has been due; for the metrics. */
    Optional<Duration> oldestDue(Instant now) {
        return database.read(connection -> Sql.query(
                        connection,
                        RECEIVERS + "SELECT min((SELECT min(due_at) FROM webhook_delivery AS due"
                                + " WHERE due.receiver = known.receiver)) FROM known",
                        row -> Optional.of(row.getLong(1))
                                .filter(due -> due != 0 && due <= now.toEpochMilli())
                                .map(due -> Duration.between(Instant.ofEpochMilli(due), now)),
                        BEFORE_ALL,
                        (long) Integer.MAX_VALUE))
                .getFirst();
    }

    private static Letter read(ResultSet row) throws SQLException {
        long due = row.getLong(7);
        Optional<Instant> dueAt = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
        return new Letter(
                UUID.fromString(row.getString(1)),
                row.getInt(2),
                UUID.fromString(row.getString(3)),
                UUID.fromString(row.getString(4)),
                row.getInt(5),
                row.getInt(6),
                dueAt,
                Instant.ofEpochMilli(row.getLong(8)),
                row.getInt(9),
                Optional.ofNullable(row.getString(10)));
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
