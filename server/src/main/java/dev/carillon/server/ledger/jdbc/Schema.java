// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a schema up to the version of this program, by Flyway.
 *
 * <p>Loading Flyway costs more than all the rest of opening a store, and nearly every start finds its schema current, so
 * one query decides first whether it is needed.
 */
enum Schema {
    SQLITE("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'flyway_schema_history')"),
    POSTGRESQL("SELECT to_regclass('flyway_schema_history') IS NOT NULL");

    /** The newest migration in {@code db/migration}; a test keeps it so. */
    static final int VERSION = 7;

    /** How long a node waits for another one that migrates; Flyway asks once a second. */
    private static final int LOCK_WAIT_SECONDS = 600;

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);

    private final String hasHistory;

    Schema(String hasHistory) {
        this.hasHistory = hasHistory;
    }

    /** The resource folder with this engine's migrations. */
    String location() {
        return "db/migration/" + (this == SQLITE ? "sqlite" : "postgresql");
    }

    /**
     * Makes the schema current. Nodes that do so at the same time wait for each other (on SQLite the caller sees to it).
     *
     * @param database answers which version there is
     * @param forMigration runs the migrations, if any; without the time limits of daily work, since those may take long
     * @throws StoreException when the schema is newer than this program, or a migration fails
     */
    void makeCurrent(DataSource database, Supplier<DataSource> forMigration) {
        int found = version(database);
        requireKnown(found);
        if (found == VERSION) {
            return;
        }
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(forMigration.get())
                    .locations("classpath:" + location())
                    .lockRetryCount(LOCK_WAIT_SECONDS)
                    .load();
            // Only now: loading a configuration resets the log.
            LogFactory.setLogCreator(origin -> new DebugLog(LoggerFactory.getLogger(origin)));
            flyway.migrate();
        } catch (FlywayException e) {
            throw new StoreException("the database schema could not be migrated: " + e.getMessage(), e);
        }
        LOG.info("Database schema migrated from version {} to {}", found, VERSION);
    }

    /**
     * Refuses what a newer program has made: there is no way back.
     *
     * @throws StoreException saying so
     */
    static void requireKnown(int version) {
        if (version > VERSION) {
            throw new StoreException(
                    "the database has schema version " + version + ", but this program knows no version above "
                            + VERSION + ": a newer Carillon has used it, start that one",
                    null);
        }
    }

    private int version(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return version(connection);
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    /** The version that the database has; 0 for an empty one. */
    int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet exists = statement.executeQuery(hasHistory)) {
                if (!exists.next() || !exists.getBoolean(1)) {
                    return 0;
                }
            }
            int newest = 0;
            try (ResultSet versions = statement.executeQuery(
                    "SELECT version FROM flyway_schema_history WHERE success AND version IS NOT NULL")) {
                while (versions.next()) {
                    newest = Math.max(newest, Integer.parseInt(versions.getString(1)));
                }
            }
            return newest;
        }
    }

    /** Flyway tells at INFO what interests nobody on a start that goes well. */
    private record DebugLog(Logger log) implements Log {
        @Override
        public void debug(String message) {
            log.trace(message);
        }

        @Override
        public void info(String message) {
            log.debug(message);
        }

        @Override
        public void notice(String message) {
            log.debug(message);
        }

        @Override
        public void warn(String message) {
            log.warn(message);
        }

        @Override
        public void error(String message) {
            log.error(message);
        }

        @Override
        public void error(String message, Exception cause) {
            log.error(message, cause);
        }
    }
}
