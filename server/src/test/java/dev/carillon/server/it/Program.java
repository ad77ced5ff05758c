// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import dev.carillon.server.testing.FileLocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged program as a command, on the AOT cache of bin/carillon, which the first use has it make: these tests start the
 * program some thirty times.
 */
final class Program {
    private static final Path JAR = Path.of(System.getProperty("carillon.jar"));
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private Program() {}

    /** How a process ended, and what it said. */
    record Output(int code, String out, String err) {}

    static List<String> command(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(FLAGS);
        command.add("-XX:AOTCache=" + Cache.FILE);
        // The JVM writes its warnings, such as of a cache that it does not like, on stdout.
        command.add("-Xlog:disable");
        // Servers of tests live for seconds: the optimizing compiler would cost more than it gains.
        // Those of ProgramIT have it.
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(jvmOptions);
        command.add("-jar");
        command.add(JAR.toString());
        command.addAll(arguments);
        return command;
    }

    /** A process that has no variables of ours but these. */
    static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("CARILLON_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs to the end. */
    static Output run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path err = Files.createTempFile("carillon-it", ".err");
        try {
            Process process =
                    builder(command, environment).redirectError(err.toFile()).start();
            try {
                process.getOutputStream().close();
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(1, TimeUnit.MINUTES)) {
                    throw new IOException("still running: " + command);
                }
                return new Output(process.exitValue(), out, Files.readString(err));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(err);
        }
    }

    private static final class Cache {
        static final Path FILE = make();

        private static Path make() {
            try {
                return FileLocks.exclusively(JAR.resolveSibling("carillon-it.lock"), Cache::made);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static Path made() throws IOException, InterruptedException {
            Output _ = run(
                    List.of(
                            Path.of(System.getProperty("carillon.bin"), "carillon")
                                    .toString(),
                            "serve",
                            "--help"),
                    Map.of("JAVA_HOME", System.getProperty("java.home")));
            try (var files = Files.list(JAR.resolveSibling("aot"))) {
                return files.filter(file -> file.toString().endsWith(".aot"))
                        .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                        .orElseThrow(() -> new IllegalStateException("bin/carillon made no AOT cache"));
            }
        }
    }
}
