// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running server. Closing it kills it; what it wrote on stderr is kept for the message of a test that failed. */
final class CarillonProcess implements AutoCloseable {
    private static final String READY = "carillon ready (http://[^ ]+) admin (http://[^ ]+)";

    private final Process process;
    private final Path errors;
    private final URI api;
    private final URI admin;

    private CarillonProcess(Process process, Path errors, URI api, URI admin) {
        this.process = process;
        this.errors = errors;
        this.api = api;
        this.admin = admin;
    }

    /** Starts a server and waits for its line. */
    static CarillonProcess start(List<String> command, Map<String, String> environment) throws IOException {
        Path errors = Files.createTempFile("carillon-it", ".err");
        errors.toFile().deleteOnExit();
        Process process = Program.builder(command, environment)
                .redirectError(errors.toFile())
                .start();
        // A test run that is broken off must leave no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        @Nullable String line = out.readLine();
        if (line == null || !line.matches(READY)) {
            process.destroyForcibly();
            throw new IOException("not ready: " + line + "\n" + Files.readString(errors));
        }
        return new CarillonProcess(
                process, errors, URI.create(line.replaceAll(READY, "$1")), URI.create(line.replaceAll(READY, "$2")));
    }

    URI api() {
        return api;
    }

    URI admin() {
        return admin;
    }

    /** What it has written on stderr. */
    String log() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL; returns when the process is gone. */
    void kill() throws InterruptedException {
        // Of the handle, since Process itself would close our end of the pipes too.
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, without waiting. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** The exit code, once it has ended. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(45, TimeUnit.SECONDS)) {
            throw new AssertionError("still running\n" + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
