// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import dev.carillon.server.testing.Npm;
import dev.carillon.server.testing.PostgresServer;
import dev.carillon.server.user.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole server against Dynamic's own client and another JOSE library, on Node.js: {@code src/test/dynamic}. */
@Timeout(180)
class DynamicNodeTest {
    private static final Path INSTALLED = Path.of("target/dynamic");

    @TempDir
    Path folder;

    @Test
    void theOfficialClientGetsWhatItExpects() throws IOException, InterruptedException {
        try (DynamicServer server = new DynamicServer(folder)) {
            walk(server);
        }
    }

    @Test
    void theOfficialClientGetsTheSameOnPostgresql() throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of("database-url", PostgresServer.shared().createDatabase(), "trusted-proxies", "127.0.0.0/8");
        try (DynamicServer server = new DynamicServer(folder, settings, call -> {
            throw new AssertionError("no captcha calls anybody in this test");
        })) {
            walk(server);
        }
    }

    private static void walk(DynamicServer server) throws IOException, InterruptedException {
        assertThat(node(
                        "client.js",
                        server.api().toString(),
                        server.admin().toString(),
                        server.environment.toString(),
                        server.edwards.toString(),
                        server.guarded.toString(),
                        server.closed.toString()))
                .isEqualTo("all is well\n");
    }

    @Test
    void tokensOfAllPublishedKeysAreGoodElsewhere() throws IOException, InterruptedException {
        try (DynamicServer server = new DynamicServer(folder);
                DynamicCalls calls = new DynamicCalls(server)) {
            List<String> tokens = new ArrayList<>();
            tokens.add(calls.signedIn(server.environment, "1000001").path("jwt").asText());
            // As if it had been published for long.
            SigningKey next = SigningKeys.generate(TokenAlgorithm.EDDSA, Instant.now());
            server.change(before -> before.with(next, Instant.now()));
            tokens.add(calls.signedIn(server.environment, "1000002").path("jwt").asText());
            assertThat(check(server, tokens)).isEqualTo("RS256\nEdDSA\n");

            server.change(before -> before.withKeys(List.of(next)));
            assertThat(check(server, tokens)).isEqualTo("ERR_JWKS_NO_MATCHING_KEY\nEdDSA\n");
        }
    }

    private static String check(DynamicServer server, List<String> tokens) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.add("keys.js");
        arguments.add(server.api() + "/api/v0/sdk/" + server.environment + "/.well-known/jwks");
        arguments.addAll(tokens);
        return node(arguments.toArray(String[]::new));
    }

    /** What a script prints. */
    private static String node(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        Path _ = Npm.install(
                "dynamic", List.of("client.js", "keys.js"), "jose", "Dynamic's own client with its endpoints is not");
    }
}
