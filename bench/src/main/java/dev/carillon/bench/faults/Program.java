// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged program as its operator starts it, by bin/carillon. Without the operator's own settings. */
record Program(Path script, String options) {
    /** What a process that died left behind is taken over soon. */
    private static final String OPTIONS = "-Dcarillon.outbox.lease=3s ";

    /** How a server is started: a command in front of it, and variables. */
    record Start(List<String> wrapper, Map<String, String> variables) {
        static final Start PLAIN = new Start(List.of(), Map.of());
    }

    /** Runs a command to its end; what it printed. It must succeed. */
    String run(Map<String, String> settings, String... words) throws IOException, InterruptedException {
        Path err = Files.createTempFile("carillon", ".err");
        try {
            List<String> command = new ArrayList<>(List.of(script.toString()));
            command.addAll(List.of(words));
            Process process =
                    builder(command, settings).redirectError(err.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", words) + " failed\n" + out + Files.readString(err));
            }
            return out;
        } finally {
            Files.delete(err);
        }
    }

    /** Starts a server on free ports, and waits until it is ready. */
    Server serve(Map<String, String> settings, Start how, Path log) throws IOException {
        List<String> command = new ArrayList<>(how.wrapper());
        command.addAll(List.of(script.toString(), "serve", "--port", "0", "--admin-port", "0"));
        ProcessBuilder builder = builder(command, settings);
        builder.environment().putAll(how.variables());
        builder.environment().put("JDK_JAVA_OPTIONS", OPTIONS + options);
        return Server.await(
                builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start(),
                log);
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
        builder.environment().putAll(settings);
        return builder;
    }
}
