// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A real PostgreSQL server for tests, from the binaries that Maven brings; as durable as one in production (its own
 * defaults switch fsync off). It works as root and as any other user, listens on a free port, and ends with the JVM.
 *
 * <p>Nearly every test wants a fresh database of the shared server:
 *
 * <pre>{@code
 * String url = PostgresServer.shared().createDatabase();
 * try (Database database = Database.open(dataDir, Optional.of(url))) { … }
 * }</pre>
 *
 * A test that stops and starts the server takes one of its own from {@link #start()} and closes it.
 */
public final class PostgresServer implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path directory;
    private EmbeddedPostgres postgres;

    private PostgresServer(Path directory) throws IOException {
        this.directory = directory;
        this.postgres = builder(directory).start();
    }

    /** The server that all tests of this JVM share; started by the first call. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** A server for the caller alone. */
    public static PostgresServer start() {
        try {
            return new PostgresServer(Files.createTempDirectory("carillon-postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes an empty database, and returns its URL in the form {@code postgresql://user@host:port/name}. */
    public String createDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "postgresql://postgres@localhost:" + postgres.getPort() + "/" + name;
    }

    /** A connection of a superuser to a database made by {@link #createDatabase}, to look behind the program's back. */
    public Connection connect(String url) throws SQLException {
        return postgres.getDatabase("postgres", url.substring(url.lastIndexOf('/') + 1))
                .getConnection();
    }

    /** Stops the server, cutting all connections; its data stay for {@link #startAgain()}. */
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a stopped server on the port that it had. */
    public void startAgain() {
        try {
            postgres = builder(directory).setPort(postgres.getPort()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a stopped server as a standby of nobody, which answers queries and can be promoted. */
    public void startAgainAsStandby() {
        try {
            Files.createFile(directory.resolve("data").resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startAgain();
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        stop();
        deleteAll(directory);
    }

    private static void deleteAll(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path directory) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD);
    }

    private static final class Shared {
        static final PostgresServer SERVER = PostgresServer.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }
}
