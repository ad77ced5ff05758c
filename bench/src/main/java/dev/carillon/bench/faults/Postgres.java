// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server of one's own, as durable as it comes, to be killed and stopped at will. */
final class Postgres implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** The line of postmaster.pid in which the server tells how far it is (LOCK_FILE_LINE_PM_STATUS). */
    private static final int STATUS_LINE = 8;

    private final Path bin;
    private final Path data;
    private final int port;
    private Optional<Process> process = Optional.empty();

    private Postgres(Path bin, Path data, int port) {
        this.bin = bin;
        this.data = data;
        this.port = port;
    }

    /** The newest installed one; the folder of its programs. */
    static Path installed() throws IOException {
        Path packages = Path.of("/usr/lib/postgresql");
        try (Stream<Path> versions = Files.isDirectory(packages) ? Files.list(packages) : Stream.empty()) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max((one, other) -> Integer.compare(version(one), version(other)))
                    .orElseThrow(() -> new IOException("no PostgreSQL server in " + packages + "; see --postgres-bin"));
        }
    }

    private static int version(Path bin) {
        String name = bin.getName(bin.getNameCount() - 2).toString();
        return name.matches("[0-9]+") ? Integer.parseInt(name) : 0;
    }

    /** Makes one in a folder with the programs of another, and starts it. */
    static Postgres create(Path bin, Path folder) throws IOException, InterruptedException {
        Postgres postgres = new Postgres(bin, folder.resolve("postgres"), freePort());
        run(List.of(
                bin.resolve("initdb").toString(),
                "-D",
                postgres.data.toString(),
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync"));
        // Few processes and little memory, and a log that does not grow; what makes it durable is left as it is.
        Files.writeString(postgres.data.resolve("postgresql.auto.conf"), """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_wal_size = 64MB
                min_wal_size = 32MB
                shared_buffers = 32MB
                """.formatted(postgres.port));
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        postgres.start();
        return postgres;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    /** Where a program finds it that is led through another port. */
    static String url(int port) {
        return "postgresql://postgres@127.0.0.1:" + port + "/postgres";
    }

    /** Starts it, and waits until it takes connections. */
    void start() throws IOException, InterruptedException {
        Path log = data.resolve("server.log");
        // A child of ours, and not of pg_ctl's: as long as nobody has taken note of its end, it does not start again.
        Process started = new ProcessBuilder(
                        command(List.of(bin.resolve("postgres").toString(), "-D", data.toString())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = Optional.of(started);
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!isReady(started.pid())) {
            if (!started.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("PostgreSQL does not start\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** It says so in the file of its process, as it does for pg_ctl. */
    private boolean isReady(long pid) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.size() >= STATUS_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE - 1).strip().equals("ready");
    }

    /** Starts it if it has ended, as it does when it cannot write its log. */
    void startAgain() throws IOException, InterruptedException {
        List<Long> running = pids();
        if (running.isEmpty()) {
            start();
        }
    }

    /** SIGKILL to every one of its processes at once; returns when all are gone. */
    void kill() throws IOException, InterruptedException {
        List<Long> pids = pids();
        Signals.send("KILL", pids);
        Signals.awaitGone(pids);
        if (process.isPresent()) {
            process.get().waitFor();
        }
    }

    /** Its processes; none when it is not running. */
    List<Long> pids() {
        return process.filter(Process::isAlive)
                .map(running -> Signals.family(running.pid()))
                .orElse(List.of());
    }

    /** It refuses to run as root; in a user namespace of its own it is nobody. */
    private static List<String> command(List<String> words) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.addAll(words);
        return command;
    }

    private static void run(List<String> words) throws IOException, InterruptedException {
        List<String> command = command(words);
        Path log = Files.createTempFile("carillon", ".log");
        try {
            // Not through a pipe: the server would hold it open.
            Process running = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!running.waitFor(3, TimeUnit.MINUTES) || running.exitValue() != 0) {
                running.destroyForcibly();
                throw new IOException(command + " failed\n" + Files.readString(log, StandardCharsets.UTF_8));
            }
        } finally {
            Files.delete(log);
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
