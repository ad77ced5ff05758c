// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statements that PostgreSQL is handed together, and that are answered together: a batch of the ledger waits three times for
 * the server instead of ten. pgjdbc does it for several statements in one text; they run in order, and when one fails the
 * rest does not run.
 */
final class RoundTrip {

    /** What becomes of the rows of a query. */
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet rows) throws SQLException;
    }

    private record Part(String sql, List<Object> parameters, RowReader rows) {}

    private static final RowReader NO_ROWS = _ -> {};

    private final List<Part> parts = new ArrayList<>();

    boolean isEmpty() {
        return parts.isEmpty();
    }

    void update(String sql, Object... parameters) {
        parts.add(new Part(sql, List.of(parameters), NO_ROWS));
    }

    void query(String sql, RowReader rows, Object... parameters) {
        parts.add(new Part(sql, List.of(parameters), rows));
    }

    /** Runs what was added, and forgets it; returns the first of what the server warned of. */
    @Nullable
    SQLWarning run(Connection connection) throws SQLException {
        List<Part> all = List.copyOf(parts);
        parts.clear();
        String sql = all.stream().map(Part::sql).collect(Collectors.joining(";\n"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (Part part : all) {
                for (Object parameter : part.parameters()) {
                    statement.setObject(index++, parameter);
                }
            }
            boolean isRows = statement.execute();
            for (Part part : all) {
                if (isRows) {
                    try (ResultSet rows = statement.getResultSet()) {
                        while (rows.next()) {
                            part.rows().read(rows);
                        }
                    }
                }
                isRows = statement.getMoreResults();
            }
            return statement.getWarnings();
        }
    }
}
