// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of this part in an SQLite file or on PostgreSQL; each instance stands for one node. */
public final class TestDatabase implements Database {
    private static final String TABLES = """
            CREATE TABLE IF NOT EXISTS account (id TEXT PRIMARY KEY, name TEXT NOT NULL, status TEXT NOT NULL,
                policy TEXT NOT NULL, created_at BIGINT NOT NULL);
            CREATE TABLE IF NOT EXISTS api_key (id TEXT PRIMARY KEY, account TEXT NOT NULL, hash BLOB NOT NULL UNIQUE,
                label TEXT, created_at BIGINT NOT NULL, revoked_at BIGINT);
            CREATE TABLE IF NOT EXISTS list_entry (account TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
                body BLOB NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (account, kind, id));
            CREATE TABLE IF NOT EXISTS keyring (generation INTEGER PRIMARY KEY, sealed BLOB NOT NULL,
                active_from BIGINT NOT NULL);
            CREATE TABLE IF NOT EXISTS window_key (minute BIGINT PRIMARY KEY, sealed BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS directory_version (id INTEGER PRIMARY KEY, version BIGINT NOT NULL);
            INSERT INTO directory_version VALUES (1, 0) ON CONFLICT DO NOTHING;
            """;

    /** Opens a connection. */
    public interface Source {
        Connection open() throws SQLException;
    }

    private final Source source;
    private final AtomicInteger transactions = new AtomicInteger();
    private volatile boolean failing;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private TestDatabase(Source source) {
        this.source = source;
    }

    public static TestDatabase sqlite(Path folder) {
        org.sqlite.SQLiteConfig config = new org.sqlite.SQLiteConfig();
        config.setBusyTimeout(20_000);
        config.setJournalMode(org.sqlite.SQLiteConfig.JournalMode.WAL);
        config.setTransactionMode(org.sqlite.SQLiteConfig.TransactionMode.IMMEDIATE);
        TestDatabase database =
                new TestDatabase(() -> config.createConnection("jdbc:sqlite:" + folder.resolve("carillon.db")));
        database.execute(TABLES);
        return database;
    }

    public static TestDatabase postgres(Source source) {
        TestDatabase database = new TestDatabase(source);
        database.execute(TABLES.replace("BLOB", "BYTEA"));
        return database;
    }

    @Override
    public <T extends @Nullable Object> T read(SqlWork<T> work) {
        return write(work);
    }

    @Override
    public <T extends @Nullable Object> T write(SqlWork<T> work) {
        transactions.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new StoreException("interrupted", e);
        }
        if (failing) {
            throw new StoreException("switched off", null);
        }
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState())
                    ? new StoreConflictException(String.valueOf(e.getMessage()), e)
                    : new StoreException(String.valueOf(e.getMessage()), e);
        }
    }

    public void execute(String statements) {
        write(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String each : statements.strip().split(";", 0)) {
                    statement.execute(each);
                }
            }
            return true;
        });
    }

    /** From now on (or no longer) every transaction fails. */
    public void fail(boolean now) {
        failing = now;
    }

    /** From now on every transaction hangs until the latch opens. */
    public void hang(CountDownLatch until) {
        gate = until;
    }

    /** How many transactions were asked for. */
    public int transactions() {
        return transactions.get();
    }

    /** Whether a file of the folder, the write-ahead log included, holds these bytes. */
    public static boolean holds(Path folder, byte[] needle) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (content.contains(new String(needle, StandardCharsets.ISO_8859_1))) {
                    return true;
                }
            }
        }
        return false;
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
