// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.StoreUnavailableException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a transaction that another writer made void from an engine that fails. */
final class Failures {

    /** unique_violation, serialization_failure, deadlock_detected, lock_not_available. */
    private static final Set<String> CONFLICT_STATES = Set.of("23505", "40001", "40P01", "55P03");

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String CONNECTION_EXCEPTION = "08";
    private static final String INSUFFICIENT_RESOURCES = "53";
    /** admin_shutdown, crash_shutdown, cannot_connect_now, idle_session_timeout. */
    private static final String OPERATOR_INTERVENTION = "57P";

    static final String READ_ONLY_SQL_TRANSACTION = "25006";
    private static final String CHECK_VIOLATION = "23514";

    private Failures() {}

    static StoreException translate(SQLException failure) {
        return switch (failure) {
            case SQLiteException sqlite -> translateSqlite(sqlite);
            default -> {
                if (isConflict(failure)) {
                    yield new StoreConflictException(message(failure), failure);
                }
                yield isUnavailable(failure) || isFull(failure)
                        ? new StoreUnavailableException(message(failure), failure)
                        : new StoreException(message(failure), failure);
            }
        };
    }

    static boolean isMissingTable(StoreException failure) {
        return failure.getCause() instanceof SQLException cause && UNDEFINED_TABLE.equals(cause.getSQLState());
    }

    /** Whether there was a connection, and it was lost before a commit; another may be had at once. */
    static boolean isConnectionLost(StoreException failure) {
        return failure instanceof StoreUnavailableException
                && failure.getCause() instanceof SQLException cause
                && !(cause instanceof SQLTransientConnectionException) // of the pool, that has none
                && !isFull(cause);
    }

    /** No room on the disk, or no memory, or too many connections: the server goes on, and there may be room soon. */
    private static boolean isFull(SQLException failure) {
        return String.valueOf(failure.getSQLState()).startsWith(INSUFFICIENT_RESOURCES);
    }

    /** A connection that broke, a server that ends or starts, and one that is a standby now. */
    private static boolean isUnavailable(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith(CONNECTION_EXCEPTION)
                || state.startsWith(OPERATOR_INTERVENTION)
                || state.equals(READ_ONLY_SQL_TRANSACTION);
    }

    private static boolean isConflict(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return CONFLICT_STATES.contains(state) || (state.equals(CHECK_VIOLATION) && isMisrouted(failure));
    }

    /** A row was on its way to the default partition when the partition of its day was attached. */
    private static boolean isMisrouted(SQLException failure) {
        return failure instanceof PSQLException postgres
                && postgres.getServerErrorMessage() != null
                && Partitions.DEFAULT.equals(postgres.getServerErrorMessage().getTable());
    }

    private static StoreException translateSqlite(SQLiteException failure) {
        SQLiteErrorCode code = failure.getResultCode();
        return switch (code) {
            case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE ->
                new StoreConflictException(message(failure), failure);
            case SQLITE_FULL -> new StoreUnavailableException("the disk of the database is full", failure);
            case SQLITE_BUSY ->
                new StoreUnavailableException(
                        "another process has held the write lock of the database for too long", failure);
            default -> new StoreException(message(failure), failure);
        };
    }

    private static String message(SQLException failure) {
        return String.valueOf(failure.getMessage());
    }

    /** True when the connection and its prepared statements are as good as before. */
    static boolean leavesStatementsUsable(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                && switch (sqlite.getResultCode()) {
                    case SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE, SQLITE_BUSY -> true;
                    default -> false;
                };
    }
}
