// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.StoreUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server behind a pool of connections.
 *
 * <p>The pool hands connections to whoever comes first, which under load starved some callers for seconds; a fair
 * semaphore with as many permits as it has connections stands in front of it, so that nobody ever waits inside it.
 */
final class PostgresDatabase implements OpenDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    private static final int POOL_SIZE = 8;
    private static final long WAIT_MILLIS = 5_000;

    /**
     * What every session is set to, whatever the server's configuration says.
     *
     * <ul>
     *   <li>{@code synchronous_commit}: a commit is on disk when it returns. Never less than {@code on}; a server that
     *       is set to more ({@code remote_apply}) keeps it.
     *   <li>{@code lock_timeout}, {@code idle_in_transaction_session_timeout}: the locks of a node that hangs in the middle
     *       of a transaction cannot stop the others for long.
     *   <li>{@code enable_seqscan}, {@code enable_hashjoin}, {@code enable_mergejoin}: every hot statement finds its rows by
     *       their key. A plan that is made while a table is small, as each day's partition is at midnight, must not be one that
     *       reads all of it, since the plan is kept while the table grows.
     *   <li>{@code jit}: no statement is worth being compiled.
     *   <li>{@code client_min_messages}: a commit that is without its standby is told of by a {@link Commit warning}.
     * </ul>
     */
    private static final String SESSION = """
            SELECT set_config('synchronous_commit',
                       CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END,
                       false),
                   set_config('lock_timeout', '5s', false),
                   set_config('idle_in_transaction_session_timeout', '10s', false),
                   set_config('default_transaction_isolation', 'read committed', false),
                   set_config('enable_seqscan', 'off', false),
                   set_config('enable_hashjoin', 'off', false),
                   set_config('enable_mergejoin', 'off', false),
                   set_config('jit', 'off', false),
                   set_config('client_min_messages', 'warning', false)
            """;

    private final HikariDataSource pool;
    private final Semaphore permits = new Semaphore(POOL_SIZE, true);
    private final Store store = new PostgresStore(this);

    private PostgresDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    static PostgresDatabase open(PostgresUrl url) {
        return open(url, _ -> {});
    }

    /** With a pool that is adjusted before it is made: for tests, which stand between it and the server. */
    static PostgresDatabase open(PostgresUrl url, Consumer<HikariConfig> adjustment) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("carillon");
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url.jdbcUrl());
        url.user().ifPresent(config::setUsername);
        url.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setConnectionInitSql(SESSION);
        config.addDataSourceProperty("binaryTransferEnable", UuidArray.TYPE_OID);
        // The same few statements again and again: each is worth preparing the first time.
        config.addDataSourceProperty("prepareThreshold", "1");
        config.setExceptionOverride(new EvictStandby());
        adjustment.accept(config);
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StoreException("no connection to the database " + url.address() + ": " + e.getMessage(), e);
        }
        try {
            requirePrimary(pool, url);
            Schema.POSTGRESQL.makeCurrent(pool, () -> unlimited(url));
            warnIfLossy(pool);
            return new PostgresDatabase(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Said here in one line what else is the failure of whatever would be written first. */
    private static void requirePrimary(HikariDataSource pool, PostgresUrl url) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            if (rows.next() && rows.getBoolean(1)) {
                throw new StoreException(
                        "the database server " + url.address() + " is a standby, which cannot be written to:"
                                + " name the primary, or all servers with commas between",
                        null);
            }
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    /** Connections without limits of time, for migrations. */
    private static DataSource unlimited(PostgresUrl url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url.jdbcUrl());
        source.setSocketTimeout(0);
        url.user().ifPresent(source::setUser);
        url.password().ifPresent(source::setPassword);
        return source;
    }

    /** No session setting makes up for these. */
    private static void warnIfLossy(HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'")) {
            while (rows.next()) {
                LOG.warn(
                        "The database server runs with {} = off: a crash can lose what was answered",
                        rows.getString(1));
            }
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    /** Work on a connection of the pool. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public <T extends @Nullable Object> T write(SqlWork<T> work) {
        return inTransaction(work::run);
    }

    @Override
    public <T extends @Nullable Object> T read(SqlWork<T> work) {
        return onConnection(connection -> {
            connection.setReadOnly(true);
            return transact(connection, work::run);
        });
    }

    <T extends @Nullable Object> T inTransaction(Work<T> work) {
        return onConnection(connection -> transact(connection, work));
    }

    /** Each statement is a transaction of its own. */
    <T extends @Nullable Object> T onConnection(Work<T> work) {
        try {
            if (!permits.tryAcquire(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new StoreUnavailableException("no connection to the database was free in time", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for a connection to the database", e);
        }
        try (Connection connection = connect()) {
            return work.run(connection);
        } catch (SQLException e) {
            throw Failures.translate(e);
        } finally {
            permits.release();
        }
    }

    private Connection connect() {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw new StoreUnavailableException("no connection to the database: " + e.getMessage(), e);
        }
    }

    /** The pool undoes the change of autocommit when it gets the connection back. */
    private static <T extends @Nullable Object> T transact(Connection connection, Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        boolean committed = false;
        try {
            T result = work.run(connection);
            connection.clearWarnings();
            Commit.run(connection, () -> {
                connection.commit();
                return connection.getWarnings();
            });
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollback(connection);
            }
        }
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and its transaction with it; the failure that led here is the one to tell.
            LOG.debug("Rollback failed", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
