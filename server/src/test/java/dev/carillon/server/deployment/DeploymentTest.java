// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.testing.Npm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code deploy/} by the tools that read them, where these are there; their settings by our own reader. */
class DeploymentTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
    private static final Path UNIT = ROOT.resolve("deploy/systemd/carillon.service");

    @TempDir
    Path folder;

    private record Output(int code, String text) {}

    @Test
    void theManifestsAreOfTheTypesOfTheKubernetesApi() throws Exception {
        Path installed =
                Npm.install("kubernetes", List.of("check.js"), "kubernetes-types", "the Kubernetes manifests are not");
        Output good = run(installed, "node", "check.js", KUBERNETES.toString());
        assertThat(good.code()).as(good.text()).isZero();

        // It is a check only if it finds something.
        Path bad = folder.resolve("bad");
        Files.createDirectories(bad);
        String deployment = Files.readString(KUBERNETES.resolve("deployment.yaml"));
        Files.writeString(
                bad.resolve("deployment.yaml"),
                deployment.replace("readinessProbe:", "readynessProbe:").replace("replicas: 2", "replicas: two"));
        assertThat(run(installed, "node", "check.js", bad.toString()).text()).contains("readynessProbe", "2 problems");
    }

    @Test
    void theUnitIsOneAndLeavesLittleExposed() throws Exception {
        assumeTrue(
                isThere("systemd-analyze", "--version"),
                "SKIPPED: systemd-analyze is missing, so the unit is not checked");
        Path unit = folder.resolve("carillon.service");
        // The program is elsewhere here, and must be there to be found fit to run.
        Files.writeString(
                unit,
                Files.readString(UNIT)
                        .replace("/opt/carillon/bin", ROOT.resolve("bin").toString()));
        Output verified = run(folder, "systemd-analyze", "verify", "--man=no", unit.toString());
        assertThat(verified.text()).doesNotContain("carillon.service");
        assertThat(verified.code()).as(verified.text()).isZero();
        Output exposure = run(
                folder,
                "systemd-analyze",
                "security",
                "--offline=true",
                "--threshold=20",
                "--no-pager",
                unit.toString());
        assumeTrue(!exposure.text().contains("unrecognized option"), "SKIPPED: this systemd looks at no files");
        assertThat(exposure.code()).as(exposure.text()).isZero();
    }

    @Test
    void theSettingsAreOurs() throws Exception {
        Path settings = folder.resolve("carillon.yaml");
        Files.writeString(
                settings,
                Files.readString(KUBERNETES.resolve("settings.yaml"))
                        .lines()
                        .filter(line -> line.startsWith("    "))
                        .map(line -> line.substring(4))
                        .collect(Collectors.joining("\n")));
        ServerConfig config = ConfigLoader.load(Map.of(), Optional.of(settings), environment());
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.adminPort()).isEqualTo(8081);
        assertThat(config.dataDir()).isEqualTo(Path.of("/var/lib/carillon"));
    }

    /** All variables that the files of {@code deploy/} set or speak of, such as our reader takes them. */
    private static Map<String, String> environment() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        Pattern variable = Pattern.compile("\\b(CARILLON_[A-Z_]+)(?:=([^\\s\"\\\\]+))?");
        for (Path file : List.of(ROOT.resolve("deploy/Containerfile"), UNIT, KUBERNETES.resolve("deployment.yaml"))) {
            Matcher found = variable.matcher(Files.readString(file));
            while (found.find()) {
                String value = found.group(2);
                if (value != null || !environment.containsKey(found.group(1))) {
                    environment.put(found.group(1), value == null ? "" : value);
                }
            }
        }
        assertThat(environment).containsKeys("CARILLON_MASTER_SECRET", "CARILLON_DATABASE_URL", "CARILLON_CACHE_DIR");
        environment.remove("CARILLON_PORT"); // only spoken of
        return environment;
    }

    private static boolean isThere(String... command) throws InterruptedException {
        try {
            return run(Path.of("."), command).code() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Output run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            return new Output(process.exitValue(), text);
        } finally {
            process.destroyForcibly();
        }
    }
}
