// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One running server. It is the process that was started: bin/carillon becomes the JVM, and strace stays aside. */
final class Server implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("carillon ready (http://\\S+) admin (http://\\S+)");

    private final Process process;
    private final URI api;

    private Server(Process process, URI api) {
        this.process = process;
        this.api = api;
    }

    static Server await(Process process, Path log) throws IOException {
        // A run that is broken off leaves no server behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        @Nullable String line = out.readLine();
        Matcher ready = READY.matcher(String.valueOf(line));
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new IOException("a server did not start: " + line + "\n" + Files.readString(log));
        }
        return new Server(process, URI.create(ready.group(1)));
    }

    URI api() {
        return api;
    }

    List<Long> pids() {
        return List.of(process.pid());
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it is gone. */
    @Override
    public void close() {
        // Of the handle, since Process itself would close our end of the pipes too.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }
}
