// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/**
 * The embedded database: one file, one connection that writes and a few that read. SQLite admits one writer at a time
 * anyway; a fair lock in front of it is quicker than its busy handler and starves nobody. Other processes (the command
 * line) may write to the same file: {@code BEGIN IMMEDIATE} then waits for them.
 */
final class SqliteDatabase implements OpenDatabase {
    /** In the data folder. */
    static final String FILE = "carillon.db";

    private static final int READERS = 4;
    private static final long READER_WAIT_SECONDS = 5;

    /** Migrations of several databases in one process take turns: a file lock only holds between processes. */
    private static final ReentrantLock MIGRATION = new ReentrantLock();

    private final SQLiteDataSource source;
    private final ReentrantLock writeLock = new ReentrantLock(true);
    private final BlockingQueue<SqliteSession> idleReaders = new ArrayBlockingQueue<>(READERS, true);
    private final List<SqliteSession> readers = new ArrayList<>();
    private final Store store = new SqliteStore(this);

    /** Null after it could not be rolled back, until the next write opens another. Guarded by {@link #writeLock}. */
    private @Nullable SqliteSession writer;

    private volatile boolean closed;

    private SqliteDatabase(SQLiteDataSource source) {
        this.source = source;
    }

    /** What runs in a transaction of one of this database's sessions. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T run(SqliteSession session) throws SQLException;
    }

    static SqliteDatabase open(Path dataDir) {
        Path file = dataDir.resolve(FILE);
        try {
            createPrivately(dataDir, file);
            SqliteLibrary.prepare(dataDir);
            SQLiteDataSource source = SqliteSession.dataSource(file);
            migrate(dataDir, source);
            SqliteDatabase database = new SqliteDatabase(source);
            database.openSessions();
            return database;
        } catch (IOException e) {
            throw new StoreException("the database " + file + " could not be opened: " + e.getMessage(), e);
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    /** Makes the file before SQLite does, so that nobody else may read it at any moment; its log inherits the mode. */
    private static void createPrivately(Path dataDir, Path file) throws IOException {
        if (!Files.isDirectory(dataDir)) {
            Files.createDirectories(dataDir, ownerOnly(dataDir, "rwx------"));
        }
        if (Files.notExists(file)) {
            try {
                Files.createFile(file, ownerOnly(file, "rw-------"));
            } catch (FileAlreadyExistsException e) {
                // Another process was quicker, and made it the same way.
            }
        } else if (isPosix(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** What to make a file or folder with, so that at no moment anybody else may use it. */
    static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Flyway does not lock a SQLite database against another Flyway, so a lock file does. */
    private static void migrate(Path dataDir, SQLiteDataSource source) throws IOException {
        MIGRATION.lock();
        try (FileChannel channel = FileChannel.open(
                        dataDir.resolve("carillon.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the migration lock was lost");
            }
            Schema.SQLITE.makeCurrent(source, () -> source);
        } finally {
            MIGRATION.unlock();
        }
    }

    private void openSessions() throws SQLException {
        try {
            writer = SqliteSession.writing(source);
            for (int i = 0; i < READERS; i++) {
                SqliteSession reader = SqliteSession.reading(source);
                readers.add(reader);
                idleReaders.add(reader);
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public <T extends @Nullable Object> T write(SqlWork<T> work) {
        return inWriteTransaction(session -> work.run(session.connection()));
    }

    @Override
    public <T extends @Nullable Object> T read(SqlWork<T> work) {
        return onReader(session -> {
            session.execute("BEGIN");
            try {
                return work.run(session.connection());
            } finally {
                session.rollback();
            }
        });
    }

    /** One transaction on the only connection that writes: when this throws, it was rolled back. */
    <T extends @Nullable Object> T inWriteTransaction(Work<T> work) {
        if (writeLock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write transaction inside another one");
        }
        writeLock.lock();
        try {
            SqliteSession session = openWriter();
            boolean committed = false;
            try {
                session.execute("BEGIN IMMEDIATE");
                T result = work.run(session);
                session.execute("COMMIT");
                committed = true;
                return result;
            } catch (SQLException e) {
                if (!Failures.leavesStatementsUsable(e)) {
                    session.forgetStatements();
                }
                throw Failures.translate(e);
            } finally {
                if (!committed && !session.rollback()) {
                    discardWriter();
                }
            }
        } finally {
            writeLock.unlock();
        }
    }

    /** Reads on a session of its own; without a transaction each statement sees what was committed before it. */
    <T extends @Nullable Object> T onReader(Work<T> work) {
        SqliteSession session = takeReader();
        try {
            return work.run(session);
        } catch (SQLException e) {
            session.forgetStatements();
            throw Failures.translate(e);
        } finally {
            idleReaders.add(session);
        }
    }

    private SqliteSession takeReader() {
        try {
            SqliteSession session = closed ? null : idleReaders.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
            if (session == null) {
                throw new StoreUnavailableException(
                        closed ? "the database is closed" : "no reader was free in time", null);
            }
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for a reader", e);
        }
    }

    private SqliteSession openWriter() {
        if (closed) {
            throw new StoreException("the database is closed", null);
        }
        try {
            SqliteSession session = writer;
            if (session == null) {
                session = SqliteSession.writing(source);
                writer = session;
            }
            return session;
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    private void discardWriter() {
        SqliteSession session = writer;
        writer = null;
        if (session != null) {
            session.close();
        }
    }

    /** Waits for the transactions under way. */
    @Override
    public void close() {
        writeLock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            awaitReaders();
            // A reader that is still busy after the wait is closed under its user, who gets an error.
            readers.forEach(SqliteSession::close);
            discardWriter();
        } finally {
            writeLock.unlock();
        }
    }

    private void awaitReaders() {
        try {
            for (int i = 0; i < readers.size(); i++) {
                idleReaders.poll(READER_WAIT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
