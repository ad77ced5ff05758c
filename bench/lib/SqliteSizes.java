// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** Prints lines "table octets", indexes included, of an SQLite file that no server is on, and "rows N" of verifications: {@code java SqliteSizes.java FILE}. */
public final class SqliteSizes {
    private SqliteSizes() {}

    public static void main(String[] args) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
                Statement statement = connection.createStatement()) {
            print(
                    statement,
                    "SELECT coalesce(m.tbl_name, s.name), sum(s.pgsize) FROM dbstat s LEFT JOIN sqlite_schema m ON m.name = s.name GROUP BY 1");
            print(statement, "SELECT 'rows', count(*) FROM verification");
        }
    }

    private static void print(Statement statement, String sql) throws Exception {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                System.out.println(rows.getString(1) + " " + rows.getLong(2));
            }
        }
    }
}
