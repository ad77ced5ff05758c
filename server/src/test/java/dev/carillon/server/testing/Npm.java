// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Scripts for Node.js, with the packages that they need. */
public final class Npm {
    /** What this JVM has looked after, by name: to ask npm for its version takes half a second. */
    private static final Map<String, Path> INSTALLED = new HashMap<>();

    private Npm() {}

    /**
     * Copies the folder {@code src/test/NAME} to {@code target/NAME} and installs its packages there, unless that is done. Without
     * Node.js the test is skipped. The JVMs and threads that run tests keep each other out.
     *
     * @param name the folder's, which holds a package.json with its lock file
     * @param files those that are copied besides these two
     * @param installed a package; where it is, all are
     * @param untested what is not tested without Node.js, for the message
     * @return the folder in which scripts can be run
     */
    public static synchronized Path install(String name, List<String> files, String installed, String untested)
            throws IOException, InterruptedException {
        Path before = INSTALLED.get(name);
        if (before != null) {
            return before;
        }
        assumeTrue(
                isThere("node") && isThere("npm"), "SKIPPED: Node.js and npm are missing, so " + untested + " tested");
        Path source = Path.of("src/test", name);
        Path target = Files.createDirectories(Path.of("target", name));
        int _ = FileLocks.exclusively(target.resolve("lock"), () -> install(source, target, files, installed));
        INSTALLED.put(name, target);
        return target;
    }

    private static int install(Path source, Path target, List<String> files, String installed)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("package.json", "package-lock.json"));
        all.addAll(files);
        for (String file : all) {
            Files.copy(source.resolve(file), target.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(target.resolve("node_modules").resolve(installed).resolve("package.json"))) {
            assertThat(run(target, "npm", "ci", "--no-audit", "--no-fund"))
                    .as("npm ci")
                    .isZero();
        }
        return all.size();
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return run(Path.of("."), program, "--version") == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(Path directory, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
