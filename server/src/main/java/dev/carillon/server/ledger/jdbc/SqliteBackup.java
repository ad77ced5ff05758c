// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Copies of the embedded store: made while servers work on it, looked at, and put where no store is. Nothing here migrates
 * anything, so that a newer program can make a copy for the way back before it is started on the store.
 */
public final class SqliteBackup {
    /** The file in the data folder, and those that would be taken for parts of it. */
    private static final List<String> STORE_FILES = List.of(
            SqliteDatabase.FILE,
            SqliteDatabase.FILE + "-wal",
            SqliteDatabase.FILE + "-shm",
            SqliteDatabase.FILE + "-journal");

    private SqliteBackup() {}

    /**
     * What a copy is.
     *
     * @param schemaVersion of the program that made the store, or last migrated it
     * @param bytes of the file
     */
    public record Contents(int schemaVersion, long bytes) {}

    /**
     * Copies the store of a data folder as it is at one moment after this was called. Readers and writers go on meanwhile; the
     * store's log cannot be begun anew until the copy is done, so that it grows by what is written in that time.
     *
     * <p>It is SQLite's {@code VACUUM INTO}: unlike a copy page by page it is not begun again whenever somebody writes, and what
     * was deleted is not in it.
     *
     * @param target must not exist; it appears whole, looked through and forced to disk, or not at all. Only its owner may
     *     read it
     * @param check looks at the copy before it is there, and may refuse it by an exception
     * @throws StoreException when there is no store, or the copy could not be made
     */
    public static Contents make(Path dataDir, Path target, Consumer<Database> check) {
        requireStore(dataDir);
        requireNone(target);
        Path store = dataDir.resolve(SqliteDatabase.FILE);
        Path draft = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".partial");
        try {
            Files.createFile(draft, SqliteDatabase.ownerOnly(draft, "rw-------"));
            SqliteLibrary.prepare(dataDir);
            copy(store, draft);
            Contents info = inspect(draft);
            check.accept(new Reader(readOnly(draft)));
            force(draft, StandardOpenOption.WRITE);
            requireNone(target);
            Files.move(draft, target);
            force(folder(target), StandardOpenOption.READ);
            return info;
        } catch (IOException e) {
            throw new StoreException("the backup " + target + " could not be written: " + e, e);
        } finally {
            discard(draft);
        }
    }

    /** @throws StoreException when a data folder has no store */
    public static void requireStore(Path dataDir) {
        Path store = dataDir.resolve(SqliteDatabase.FILE);
        if (!Files.exists(store)) {
            throw new StoreException("there is no store at " + store, null);
        }
    }

    private static void requireNone(Path target) {
        if (Files.exists(target)) {
            throw new StoreException(target + " exists already; a backup takes the place of nothing", null);
        }
    }

    private static void copy(Path store, Path draft) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(SqliteSession.BUSY_TIMEOUT_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + store);
        try (Connection connection = source.getConnection();
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, draft.toString());
            vacuum.execute();
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_FULL) {
                throw new StoreException("there is no room for the backup in " + folder(draft), e);
            }
            throw Failures.translate(e);
        } catch (SQLException e) {
            throw Failures.translate(e);
        }
    }

    /** Looks through a copy and changes nothing: every page is read. */
    private static Contents inspect(Path copy) {
        try (Connection connection = readOnly(copy).getConnection();
                Statement statement = connection.createStatement()) {
            String damage = text(statement, "PRAGMA quick_check(1)");
            if (!damage.equals("ok")) {
                throw new StoreException(copy + " is damaged: " + damage, null);
            }
            int version = Schema.SQLITE.version(connection);
            if (version == 0) {
                throw new StoreException(copy + " is no store of Carillon", null);
            }
            return new Contents(version, Files.size(copy));
        } catch (SQLiteException e) {
            throw switch (e.getResultCode()) {
                case SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_CORRUPT_VTAB ->
                    new StoreException(copy + " is damaged, or no store of Carillon", e);
                case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH -> new StoreException(copy + " cannot be read", e);
                default -> Failures.translate(e);
            };
        } catch (SQLException e) {
            throw Failures.translate(e);
        } catch (IOException e) {
            throw new StoreException(copy + " cannot be read: " + e, e);
        }
    }

    /**
     * Puts a copy into a data folder, which is made if need be, as its store.
     *
     * @param check looks at the copy before it is put there, and may refuse it by an exception
     * @throws StoreException when the folder has a store, or the rest of one; when the copy is damaged, or no store of this
     *     program, or this program is older
     */
    public static Contents restore(Path copy, Path dataDir, Consumer<Database> check) {
        requireNoStore(dataDir);
        Contents info = inspect(copy);
        Schema.requireKnown(info.schemaVersion());
        check.accept(new Reader(readOnly(copy)));
        Path store = dataDir.resolve(SqliteDatabase.FILE);
        Path draft = dataDir.resolve(SqliteDatabase.FILE + "." + UUID.randomUUID() + ".partial");
        try {
            Files.createDirectories(dataDir, SqliteDatabase.ownerOnly(dataDir, "rwx------"));
            Files.createFile(draft, SqliteDatabase.ownerOnly(dataDir, "rw-------"));
            try (var in = Files.newInputStream(copy);
                    var out = Files.newOutputStream(draft, StandardOpenOption.WRITE)) {
                in.transferTo(out);
            }
            force(draft, StandardOpenOption.WRITE);
            // A link takes the place of nothing: a server that was started meanwhile has made its own store.
            Files.createLink(store, draft);
            Files.delete(draft);
            force(dataDir, StandardOpenOption.READ);
            return info;
        } catch (FileAlreadyExistsException e) {
            throw occupied(dataDir, SqliteDatabase.FILE);
        } catch (IOException | UnsupportedOperationException e) {
            throw new StoreException(copy + " could not be put into " + dataDir + ": " + e, e);
        } finally {
            discard(draft);
        }
    }

    /**
     * Makes sure that a data folder has no store. The rest of one counts: SQLite would apply a log that was left to whatever
     * store it finds beside it.
     */
    private static void requireNoStore(Path dataDir) {
        for (String name : STORE_FILES) {
            if (Files.exists(dataDir.resolve(name))) {
                throw occupied(dataDir, name);
            }
        }
    }

    private static StoreException occupied(Path dataDir, String name) {
        return new StoreException(
                dataDir + " has a store already (" + name
                        + "): stop the server that runs on it, if any, and restore into another folder, or move it away",
                null);
    }

    /** A file that nobody changes: SQLite neither locks it nor makes files beside it. */
    private static SQLiteDataSource readOnly(Path copy) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + copy.toAbsolutePath().toUri() + "?immutable=1");
        return source;
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "nothing";
        }
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new StoreException(draft + " was left behind and cannot be deleted: " + e, e);
        }
    }

    /** Reads a copy as it is. */
    private record Reader(SQLiteDataSource source) implements Database {
        @Override
        public <T extends @Nullable Object> T write(SqlWork<T> work) {
            throw new StoreException("a backup is not written to", null);
        }

        @Override
        public <T extends @Nullable Object> T read(SqlWork<T> work) {
            try (Connection connection = source.getConnection()) {
                return work.run(connection);
            } catch (SQLException e) {
                throw Failures.translate(e);
            }
        }
    }
}
