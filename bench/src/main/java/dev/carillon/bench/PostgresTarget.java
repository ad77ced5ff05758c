// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static java.util.Objects.requireNonNull;

import dev.carillon.core.time.TimeOrderedId;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** COPY in its binary form, into the partitions that a server would have made on those days. */
final class PostgresTarget implements FillTarget {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int BUFFER = 1 << 16;

    private final Connection connection;
    private @Nullable DataOutputStream out;
    private boolean expires;

    /** @param url as Carillon takes it */
    PostgresTarget(String url) throws SQLException {
        URI uri = URI.create(url);
        String[] user = uri.getUserInfo().split(":", 2);
        Properties properties = new Properties();
        properties.setProperty("user", user[0]);
        properties.setProperty("password", user[1]);
        connection = DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), properties);
        execute("SET synchronous_commit = off");
    }

    @Override
    public void prepare(Instant from, Instant to) throws SQLException {
        LocalDate last = to.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate day = from.atZone(ZoneOffset.UTC).toLocalDate();
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            execute("CREATE TABLE IF NOT EXISTS verification_p" + DateTimeFormatter.BASIC_ISO_DATE.format(day)
                    + " PARTITION OF verification FOR VALUES FROM ('" + bound(day) + "') TO ('" + bound(day.plusDays(1))
                    + "') WITH (fillfactor = 80)");
        }
    }

    private static String bound(LocalDate day) {
        return TimeOrderedId.lowerBound(day.atStartOfDay(ZoneOffset.UTC).toInstant()).toString();
    }

    @Override
    public void begin(String table) throws SQLException {
        expires = table.equals("number");
        DataOutputStream rows = new DataOutputStream(new BufferedOutputStream(
                new PGCopyOutputStream(
                        connection.unwrap(PGConnection.class),
                        "COPY " + table + (expires ? " (key, body, expires_at)" : " (key, body)")
                                + " FROM STDIN (FORMAT binary)"),
                BUFFER));
        out = rows;
        try {
            rows.write(SIGNATURE);
            rows.writeLong(0); // no flags, no extension
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    @Override
    public void add(byte[] key, byte[] body, long expiresAt) throws IOException {
        DataOutputStream rows = requireNonNull(out);
        rows.writeShort(expires ? 3 : 2);
        rows.writeInt(key.length);
        rows.write(key);
        rows.writeInt(body.length);
        rows.write(body);
        if (expires) {
            rows.writeInt(Long.BYTES);
            rows.writeLong(expiresAt);
        }
    }

    @Override
    public void end() throws IOException {
        try (DataOutputStream rows = requireNonNull(out)) {
            rows.writeShort(-1);
        }
    }

    @Override
    public void close() throws SQLException {
        execute("VACUUM (ANALYZE)");
        execute("CHECKPOINT");
        connection.close();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
