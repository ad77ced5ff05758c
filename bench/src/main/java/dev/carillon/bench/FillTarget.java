// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;

/** Where {@link Fill} puts its rows, table by table. */
interface FillTarget extends AutoCloseable {
    /** Makes what verifications of that time need. */
    void prepare(Instant from, Instant to) throws SQLException;

    /** Begins with a table: {@code verification} or {@code number}. */
    void begin(String table) throws SQLException;

    /** Adds a row. A verification has no expiry, and it is ignored. */
    void add(byte[] key, byte[] body, long expiresAt) throws IOException, SQLException;

    void end() throws IOException, SQLException;

    @Override
    void close() throws SQLException;
}
