// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.CommitUnknownException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import org.jspecify.annotations.Nullable;

/** Whether a commit has done what it is for, of which the driver's answer alone does not tell. */
final class Commit {

    /**
     * SQLSTATE warning. PostgreSQL answers a commit whose wait for the synchronous standby was cancelled as one that went well, with this:
     * "The transaction has already committed locally, but might not have been replicated to the standby" (syncrep.c).
     */
    private static final String WARNING = "01000";

    private Commit() {}

    /** Sends the commit, and whatever goes with it. */
    @FunctionalInterface
    interface Step {
        /** Returns what the server warned of meanwhile. */
        @Nullable
        SQLWarning run() throws SQLException;
    }

    /**
     * Commits.
     *
     * @throws SQLException when the server has said that it did not
     * @throws CommitUnknownException when it may have
     */
    static void run(Connection connection, Step step) throws SQLException {
        @Nullable SQLWarning warning;
        try {
            warning = step.run();
        } catch (SQLException e) {
            // A server that refuses goes on to talk; one whose last words these were may have died with the commit
            // on disk. A standby refuses too, but the pool has already closed the connection to it.
            if (connection.isClosed() && !Failures.READ_ONLY_SQL_TRANSACTION.equals(e.getSQLState())) {
                throw new CommitUnknownException("the connection to the database was lost during a commit", e);
            }
            throw e;
        }
        for (; warning != null; warning = warning.getNextWarning()) {
            if (WARNING.equals(warning.getSQLState())) {
                throw new CommitUnknownException("a commit may be without a standby: " + warning.getMessage(), warning);
            }
        }
    }
}
