// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.failover;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** The cluster's database servers, by the script that makes them do what machines do. */
final class Cluster {
    private static final long POLL_MILLIS = 300;
    private static final long SCRIPT_SECONDS = 60;

    private final Path script;

    /** @param script {@code deploy/cluster/member} */
    Cluster(Path script) {
        this.script = script;
    }

    /** What a script said, and how it ended. */
    private record Output(int code, String text) {}

    /** The number of the primary; 0: there is none. */
    int primary() {
        Output output = run("primary");
        return output.code() == 0 ? Integer.parseInt(output.text()) : 0;
    }

    /** Whether there are a primary, a standby that has all that is confirmed, and a third. */
    boolean isWhole() {
        return run("whole").code() == 0;
    }

    /** Does something to a server. */
    void act(String deed, int server) {
        Output output = run(deed, String.valueOf(server));
        if (output.code() != 0) {
            throw new IllegalStateException(deed + " " + server + ": " + output.text());
        }
    }

    /** Waits, and looks every now and then. */
    static void await(Duration patience, String what, BooleanSupplier holds)
            throws InterruptedException, TimeoutException {
        long until = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new TimeoutException("waited " + patience.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Output run(String... words) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            // A server that it starts goes on, and does not hold this stream.
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("hangs: " + command);
            }
            return new Output(process.exitValue(), text.strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
