// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Keeps SQLite's native library beside the database. The driver by itself unpacks it into the temporary folder at each start and
 * runs a program to learn what system this is, which makes every start slower. What is kept here is only a
 * shorter way: where there is none, or it cannot be loaded, the driver goes its own.
 */
final class SqliteLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteLibrary.class);

    /** The driver's names of processors. */
    private static final Map<String, String> PROCESSORS = Map.of("amd64", "x86_64", "aarch64", "aarch64");

    private SqliteLibrary() {}

    /** To be called before the driver is used for the first time; never fails. */
    static void prepare(Path dataDir) {
        URL resource = resource();
        if (resource == null || System.getProperty("org.sqlite.lib.path") != null) {
            return; // no such library, or the operator has one
        }
        Path library = dataDir.resolve("libsqlitejdbc-" + SQLiteJDBCLoader.getVersion() + ".so");
        try {
            unpack(resource, library);
        } catch (IOException e) {
            LOG.debug("SQLite's library cannot be kept in {}", dataDir, e);
            return;
        }
        System.setProperty("org.sqlite.lib.path", dataDir.toAbsolutePath().toString());
        System.setProperty("org.sqlite.lib.name", library.getFileName().toString());
    }

    private static @Nullable URL resource() {
        String processor = PROCESSORS.get(System.getProperty("os.arch"));
        return System.getProperty("os.name").equals("Linux") && processor != null
                ? SQLiteJDBCLoader.class.getResource("/org/sqlite/native/Linux/" + processor + "/libsqlitejdbc.so")
                : null;
    }

    private static void unpack(URL resource, Path library) throws IOException {
        URLConnection packed = resource.openConnection();
        try (InputStream in = packed.getInputStream()) {
            if (Files.exists(library) && Files.size(library) == packed.getContentLengthLong()) {
                return;
            }
            Path unpacked = Files.createTempFile(library.getParent(), "libsqlitejdbc-", ".tmp");
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            // At once, and never changed afterwards: another process may have it loaded.
            Files.move(unpacked, library, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
