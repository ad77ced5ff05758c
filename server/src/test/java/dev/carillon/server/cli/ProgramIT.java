// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged program as its operator meets it: processes, signals, exit codes, and what is on which stream. */
class ProgramIT {
    private static final Path JAR = Path.of(System.getProperty("carillon.jar"));
    private static final Path BIN = Path.of(System.getProperty("carillon.bin"));

    @TempDir
    Path folder;

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Map<String, String> jdk() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void theJarIsMarkedForWhatItNeeds() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            var main = jar.getManifest().getMainAttributes();
            assertThat(main.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
            assertThat(main.getValue("Multi-Release")).isEqualTo("true");
            assertThat(jar.stream().map(java.util.zip.ZipEntry::getName))
                    .contains("META-INF/LICENSE.txt", "META-INF/NOTICE.txt", "META-INF/services/java.sql.Driver")
                    .noneMatch(name -> name.matches("META-INF/.*\\.(SF|RSA|DSA)|(.*/)?module-info\\.class"));
            String manifest = new String(
                    jar.getInputStream(jar.getEntry("META-INF/helidon/manifest"))
                            .readAllBytes(),
                    java.nio.charset.StandardCharsets.UTF_8);
            // Every registry that a module brought is in the joined list.
            assertThat(jar.stream()
                            .map(java.util.zip.ZipEntry::getName)
                            .filter(name -> name.matches("META-INF/helidon/.+/[^/]+")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(manifest.lines()).contains(name));
            assertThat(jar.stream()
                            .map(java.util.zip.ZipEntry::getName)
                            .filter(name ->
                                    name.endsWith("/service.loader") || name.endsWith("/service-registry.json")))
                    .hasSizeGreaterThan(5);
        }
    }

    @Test
    void versionIsOneLine() throws Exception {
        Run run = Run.of(folder, Map.of(), java("--version"));
        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("carillon 0.").contains(" on Java ").hasLineCount(1);
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void serveDrainsAndExitsWithZero(String signal) throws Exception {
        // What a shell has put into the background is deaf to SIGINT, and so is all that it starts.
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.addAll(java(
                "serve",
                "--port",
                "0",
                "--admin-port",
                "0",
                "--data",
                folder.resolve("data").toString()));
        serve(command, Map.of(), signal);
    }

    @Test
    void theLauncherIsReplacedByTheServer() throws Exception {
        List<String> command = List.of(
                BIN.resolve("carillon").toString(),
                "serve",
                "--port",
                "0",
                "--admin-port",
                "0",
                "--data",
                folder.resolve("data").toString());
        String err = serve(command, jdk(), "TERM");
        assertThat(err).doesNotContain("WARNING");
    }

    /** Starts it, asks both ports, sends the signal, and checks both streams and the exit code. */
    private String serve(List<String> command, Map<String, String> environment, String signal) throws Exception {
        Path errors = folder.resolve("stderr");
        Process process = Run.builder(folder, environment, command)
                .redirectError(errors.toFile())
                .start();
        try (BufferedReader out = process.inputReader()) {
            String ready = out.readLine();
            assertThat(ready)
                    .as(() -> "stderr: " + errors)
                    .matches("carillon ready http://127\\.0\\.0\\.1:[0-9]+ admin http://127\\.0\\.0\\.1:[0-9]+");
            String[] words = ready.split(" ", -1);
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (String address : List.of(words[2], words[4])) {
                    HttpResponse<String> response = client.send(
                            HttpRequest.newBuilder(URI.create(address + "/health/live"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
                    // Which port knows which path is not the matter here.
                    assertThat(response.statusCode()).isIn(200, 404);
                }
            }
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .start()
                    .waitFor();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
        String err = Files.readString(errors);
        // Not a terminal, so each line of the server is JSON.
        assertThat(err.lines().filter(line -> !line.startsWith("carillon: ")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(new ObjectMapper().readTree(line).get("time"))
                        .isNotNull());
        assertThat(err).contains("Stopped");
        return err;
    }

    @Test
    void aPortThatIsTakenIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = Run.of(
                    folder,
                    Map.of("CARILLON_LOG_FORMAT", "text"),
                    java(
                            "serve",
                            "--port",
                            String.valueOf(taken.getLocalPort()),
                            "--admin-port",
                            "0",
                            "--data",
                            folder.resolve("data").toString()));
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .isEqualTo("carillon: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use\n");
        }
    }

    /** Two processes, one after the other: what the first did is there for the second. */
    @Test
    void commandsWorkOnOneStore() throws Exception {
        String data = folder.resolve("data").toString();
        Run made = Run.of(folder, Map.of(), java("account", "create", "--name", "Shop", "--json", "--data", data));
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.err()).isEmpty();
        JsonNode account = new ObjectMapper().readTree(made.out());

        List<String> list = List.of(BIN.resolve("carillon").toString(), "account", "list", "--json", "--data", data);
        Run listed = Run.of(folder, jdk(), list);
        assertThat(listed.code()).as(listed.err()).isZero();
        assertThat(listed.err()).isEmpty();
        JsonNode first = new ObjectMapper().readTree(listed.out()).get(0);
        assertThat(first.path("customer_uuid")).isEqualTo(account.path("customer_uuid"));
        assertThat(first.path("name").asText()).isEqualTo("Shop");
    }

    @Test
    void badSettingsAreRefusedAtStart() throws Exception {
        Run run = Run.of(folder, Map.of("CARILLON_PORT", "70000"), java("serve"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("carillon: port: 70000 is not 0 to 65535 (from CARILLON_PORT)\n");
    }
}
