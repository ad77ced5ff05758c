// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole server against Dynamic's own client and another JOSE library, on Node.js: {@code src/test/dynamic}. */
class DynamicNodeTest {
    private static final Path SOURCE = Path.of("src/test/dynamic");
    private static final Path INSTALLED = Path.of("target/dynamic");

    @TempDir
    Path folder;

    @Test
    void theOfficialClientGetsWhatItExpects() throws IOException, InterruptedException {
        install();
        try (DynamicServer server = new DynamicServer(folder)) {
            Process client = new ProcessBuilder(
                            "node",
                            "client.js",
                            server.api().toString(),
                            server.admin().toString(),
                            server.environment.toString(),
                            server.guarded.toString())
                    .directory(INSTALLED.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(said).isEqualTo("all is well\n");
        }
    }

    private static void install() throws IOException, InterruptedException {
        assumeTrue(
                isThere("node") && isThere("npm"),
                "SKIPPED: Node.js and npm are missing, so the Dynamic endpoints are not tested with Dynamic's own client");
        Files.createDirectories(INSTALLED);
        for (String file : List.of("package.json", "package-lock.json", "client.js")) {
            Files.copy(SOURCE.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(INSTALLED.resolve("node_modules/jose/package.json"))) {
            assertThat(run(INSTALLED, "npm", "ci", "--no-audit", "--no-fund"))
                    .as("npm ci")
                    .isZero();
        }
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
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }
}
