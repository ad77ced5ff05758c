// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daily partitions of the table of verifications (PostgreSQL): made some days ahead, dropped whole when all that they
 * can hold is older than the retention, so that a verification is kept for up to a day longer than that.
 *
 * <p>Any number of nodes may do this at once; they take turns by a lock on the table. Whoever does not get a lock soon
 * gives up, so that writers wait a quarter of a second at the worst, and tries again after a pause that grows to two minutes. One
 * thread at a time may {@link #step}.
 */
final class Partitions {

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

    /** How many days after today have their partition ready. */
    static final int DAYS_AHEAD = 3;

    /** More rows than this are not moved out of the default partition: writers would feel it. */
    static final int MOVABLE_ROWS = 10_000;

    /** The partition that takes what no other one does. */
    static final String DEFAULT = "verification_default";

    /** While a lock is waited for, statements that come after wait behind it: so it is tried for less and less often. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private static final String TABLE = "verification";
    private static final String PREFIX = "verification_p";
    private static final long MILLIS_PER_DAY = Duration.ofDays(1).toMillis();
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;

    private final PostgresDatabase database;

    /** The state of things for which all was last found done: asking the catalogue again would tell nothing new. */
    private volatile @Nullable Done done;

    /** After a lock that somebody keeps for long (pg_dump has one on every table): not before this is tried again. */
    private Instant pausedUntil = Instant.MIN;

    private Duration pause = SHORTEST_PAUSE;

    /** The partitions that are known to be there, by their day since 1970. */
    private volatile Map<Long, String> known = Map.of();

    private record Done(LocalDate today, LocalDate keepFrom) {}

    Partitions(PostgresDatabase database) {
        this.database = database;
    }

    /** Does what is due: at most one partition dropped and one page of stragglers deleted. True when there is more. */
    boolean step(Instant now, Duration retention) {
        Instant cutoff = now.minus(retention);
        boolean morePartitions = false;
        Done wanted = new Done(day(now), day(cutoff));
        if (!wanted.equals(done) && !isPaused(now)) {
            try {
                morePartitions = arrange(wanted);
                done = morePartitions ? null : wanted;
                pause = SHORTEST_PAUSE;
            } catch (StoreConflictException e) {
                LOG.debug("Partitions are left for a later step", e); // another node, or a long transaction
                pausedUntil = now.plus(pause);
                Duration longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            } catch (StoreException e) {
                // Without partitions all works on in the default one; the next step tries again.
                LOG.warn("The partitions of the table of verifications could not be arranged: {}", e.getMessage());
            }
        }
        return deleteStragglers(cutoff) || morePartitions;
    }

    /** A time that is set back must not make a pause longer than it can be. */
    private boolean isPaused(Instant now) {
        return now.isBefore(pausedUntil) && !now.isBefore(pausedUntil.minus(LONGEST_PAUSE));
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /**
     * Where the verification with this key is, or goes: the partition of its day, when it is known to be there, or the table as
     * a whole.
     */
    String table(UUID key) {
        return known.getOrDefault(Keys.millisOf(key) / MILLIS_PER_DAY, TABLE);
    }

    /** To be called when a partition was not there: another node has dropped it. */
    void forget() {
        known = Map.of();
        done = null;
    }

    private boolean arrange(Done wanted) {
        NavigableSet<LocalDate> existing = existing();
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            LocalDate day = wanted.today().plusDays(ahead);
            if (!existing.contains(day)) {
                create(day);
            }
        }
        // A partition may go when the first instant after it is not later than the cutoff: its day is before the
        // cutoff's.
        NavigableSet<LocalDate> outdated = existing.headSet(wanted.keepFrom(), false);
        known = existing().tailSet(wanted.keepFrom(), true).stream()
                .collect(Collectors.toUnmodifiableMap(LocalDate::toEpochDay, Partitions::name));
        if (outdated.isEmpty()) {
            return false;
        }
        drop(outdated.first());
        return outdated.size() > 1;
    }

    /** The days that have a partition. */
    NavigableSet<LocalDate> existing() {
        return database.onConnection(connection -> {
            NavigableSet<LocalDate> days = new TreeSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet names = statement.executeQuery(
                            "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                                    + " WHERE i.inhparent = 'verification'::regclass")) {
                while (names.next()) {
                    dayOf(names.getString(1)).ifPresent(days::add);
                }
            }
            return days;
        });
    }

    static String name(LocalDate day) {
        return PREFIX + SUFFIX.format(day);
    }

    /** The day of a partition by its name; empty for the default one, and for what an administrator has added. */
    static Optional<LocalDate> dayOf(String name) {
        try {
            return name.startsWith(PREFIX)
                    ? Optional.of(LocalDate.parse(name.substring(PREFIX.length()), SUFFIX))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static UUID firstKey(LocalDate day) {
        return Keys.firstAt(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /**
     * Makes a day's partition. Rows of that day that are in the default partition already, because nobody made this one in
     * time, would make it fail: they are moved along. If they are many, the day stays in the default partition, until
     * {@link #deleteStragglers} takes it away.
     *
     * <p>The table is made apart and then attached, since that lets reads and writes of the other partitions go on, which
     * {@code CREATE TABLE … PARTITION OF} does not. But when rows are moved, nothing may go on: a statement that has looked up
     * the partitions and waits for the default one would find its row gone from there, and never look into the new one.
     *
     * <p>The locks are always taken in this order: first the whole table, by which the nodes take turns, then the default
     * partition.
     */
    private void create(LocalDate day) {
        String name = name(day);
        UUID from = firstKey(day);
        UUID to = firstKey(day.plusDays(1));
        database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '250ms'");
                statement.execute("LOCK TABLE ONLY verification IN SHARE UPDATE EXCLUSIVE MODE");
                if (exists(statement, name)) {
                    return false; // another node was quicker
                }
                boolean exclusive = countDefault(connection, from, to) > 0;
                if (exclusive) {
                    statement.execute("LOCK TABLE ONLY verification IN ACCESS EXCLUSIVE MODE");
                }
                statement.execute("LOCK TABLE verification_default IN ACCESS EXCLUSIVE MODE");
                int strays = countDefault(connection, from, to);
                if (strays > 0 && !exclusive) {
                    throw new StoreConflictException("the first row of " + name + " has just come in", null);
                }
                if (strays > MOVABLE_ROWS) {
                    LOG.info("Verifications of {} stay in the default partition: they are too many to move", day);
                    return false;
                }
                statement.execute("CREATE TABLE IF NOT EXISTS " + name
                        + " (LIKE verification INCLUDING ALL) WITH (fillfactor = 80)");
                if (strays > 0) {
                    move(connection, name, from, to);
                }
                statement.execute("ALTER TABLE verification ATTACH PARTITION " + name + " FOR VALUES FROM ('" + from
                        + "') TO ('" + to + "')");
                return true;
            }
        });
    }

    private static boolean exists(Statement statement, String name) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM pg_inherits"
                + " WHERE inhparent = 'verification'::regclass AND inhrelid = to_regclass('" + name + "'))")) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** Counts no further than is of interest. */
    private static int countDefault(Connection connection, UUID from, UUID to) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM"
                + " (SELECT 1 FROM verification_default WHERE key >= ? AND key < ? LIMIT ?) AS strays")) {
            count.setObject(1, from);
            count.setObject(2, to);
            count.setInt(3, MOVABLE_ROWS + 1);
            try (ResultSet rows = count.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private static void move(Connection connection, String name, UUID from, UUID to) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(
                "WITH moved AS (DELETE FROM verification_default WHERE key >= ? AND key < ? RETURNING key, body)"
                        + " INSERT INTO " + name + " (key, body) SELECT key, body FROM moved")) {
            move.setObject(1, from);
            move.setObject(2, to);
            move.executeUpdate();
        }
    }

    private void drop(LocalDate day) {
        database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '250ms'");
                // What DROP takes anyway; taken first, so that no other order of locks is possible.
                statement.execute("LOCK TABLE ONLY verification IN ACCESS EXCLUSIVE MODE");
                return statement.execute("DROP TABLE IF EXISTS " + name(day));
            }
        });
        LOG.info("Verifications of {} are past their retention and dropped", day);
    }

    private boolean deleteStragglers(Instant cutoff) {
        return database.onConnection(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "WITH old AS MATERIALIZED (SELECT key FROM verification_default WHERE key < ? ORDER BY key LIMIT ?"
                            + " FOR UPDATE SKIP LOCKED)"
                            + " DELETE FROM verification_default AS v USING old WHERE v.key = old.key")) {
                delete.setObject(1, Keys.firstAt(cutoff));
                delete.setInt(2, ExpirySweep.PAGE);
                return delete.executeUpdate() == ExpirySweep.PAGE;
            }
        });
    }
}
