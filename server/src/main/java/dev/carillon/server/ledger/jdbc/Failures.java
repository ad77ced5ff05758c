// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.StoreUnavailableException;
import dev.carillon.server.ledger.StoreUnsureException;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells a transaction that another writer made void from an engine that fails. */
final class Failures {

    /** unique_violation, serialization_failure, deadlock_detected, lock_not_available. */
    private static final Set<String> CONFLICT_STATES = Set.of("23505", "40001", "40P01", "55P03");

    /** data_exception, integrity_constraint_violation, syntax_error_or_access_rule_violation. */
    private static final Set<String> REFUSALS = Set.of("22", "23", "42");

    private static final String INSUFFICIENT_RESOURCES = "53";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String CHECK_VIOLATION = "23514";

    private Failures() {}

    static StoreException translate(SQLException failure) {
        return switch (failure) {
            case SQLiteException sqlite -> translateSqlite(sqlite);
            default -> translatePostgres(failure);
        };
    }

    private static StoreException translatePostgres(SQLException failure) {
        if (isConflict(failure)) {
            return new StoreConflictException(message(failure), failure);
        }
        if (!isTold(failure)) {
            return new StoreUnsureException(message(failure), failure);
        }
        return stateClass(failure).equals(INSUFFICIENT_RESOURCES)
                ? new StoreUnavailableException(message(failure), failure)
                : new StoreException(message(failure), failure);
    }

    /**
     * Whether the server itself says that the transaction has failed, and goes on. When it ends the connection or says nothing, the commit may
     * have been on its way to the disk.
     */
    private static boolean isTold(SQLException failure) {
        return failure instanceof PSQLException postgres
                && postgres.getServerErrorMessage() != null
                // The severity is in the server's own language; these classes end no connection.
                && ("ERROR".equals(postgres.getServerErrorMessage().getSeverity())
                        || REFUSALS.contains(stateClass(failure)));
    }

    private static String stateClass(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.substring(0, Math.min(2, state.length()));
    }

    static boolean isMissingTable(StoreException failure) {
        return failure.getCause() instanceof SQLException cause && UNDEFINED_TABLE.equals(cause.getSQLState());
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
            case SQLITE_IOERR, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC ->
                new StoreUnsureException(message(failure), failure);
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
