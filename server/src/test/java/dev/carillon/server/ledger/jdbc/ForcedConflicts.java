// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Store;
import dev.carillon.server.testing.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Serialization failures (SQLSTATE 40001) at every point where a database that is spread over machines has them: in place of a
 * statement, and at the commit, after everything was written. They are PostgreSQL's own, raised by a block or by a deferred
 * trigger, so that the transaction is as void as it would be. Sessions are SERIALIZABLE.
 *
 * <p>About one in four chances is taken, the same in every run of one thread. Work that has just failed is let through when it is
 * done again, or it might never be.
 */
public final class ForcedConflicts implements SpiedPostgres.Spy {
    private static final String TRIGGER = """
            CREATE TABLE IF NOT EXISTS forced_conflict (n integer);
            CREATE OR REPLACE FUNCTION fail_at_commit() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'forced at the commit' USING ERRCODE = '40001'; END $$;
            DROP TRIGGER IF EXISTS force ON forced_conflict;
            CREATE CONSTRAINT TRIGGER force AFTER INSERT ON forced_conflict DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail_at_commit();
            """;

    private final Random random = new Random(7);
    private final ThreadLocal<Boolean> spared = ThreadLocal.withInitial(() -> false);
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicInteger commits = new AtomicInteger();
    private volatile boolean armed;

    /** Opens a database of {@code PostgresServer.shared()}. */
    public static OpenDatabase open(String url) {
        return new ForcedConflicts().openDatabase(url);
    }

    OpenDatabase openDatabase(String url) {
        OpenDatabase database = SpiedPostgres.open(
                url,
                this,
                config -> config.setConnectionInitSql(
                        config.getConnectionInitSql().replace("'read committed'", "'serializable'")));
        try (Connection admin = PostgresServer.shared().connect(url);
                Statement statement = admin.createStatement()) {
            statement.execute(TRIGGER);
        } catch (SQLException e) {
            database.close();
            throw new IllegalStateException(e);
        }
        armed = true;
        return new Replaying(database);
    }

    /** Whoever writes rows replays, as the ledger does. */
    private record Replaying(OpenDatabase database) implements OpenDatabase {
        @Override
        public Store store() {
            return new ReplayingStore(database.store());
        }

        @Override
        public <T extends @Nullable Object> T write(SqlWork<T> work) {
            return database.write(work);
        }

        @Override
        public <T extends @Nullable Object> T read(SqlWork<T> work) {
            return database.read(work);
        }

        @Override
        public void close() {
            database.close();
        }
    }

    /** How many statements were failed so far. */
    int statements() {
        return statements.get();
    }

    /** How many commits were failed so far. */
    int commits() {
        return commits.get();
    }

    @Override
    public void before(String sql, Connection connection) throws SQLException {
        // What only reads is read again by nobody: with one statement at a time it cannot fail so.
        boolean alone = connection.getAutoCommit();
        if (!armed || connection.isReadOnly() || (alone && sql.startsWith("SELECT"))) {
            return;
        }
        boolean commit = sql.endsWith(COMMIT);
        if (spared.get()) {
            spared.set(!commit && !alone);
        } else if (chance()) {
            spared.set(true);
            if (commit) {
                commits.incrementAndGet();
                run(connection, "INSERT INTO forced_conflict VALUES (1)");
            } else {
                statements.incrementAndGet();
                run(connection, "DO $$ BEGIN RAISE EXCEPTION 'forced' USING ERRCODE = '40001'; END $$");
            }
        }
    }

    private synchronized boolean chance() {
        return random.nextInt(4) == 0;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
