// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {
    @TempDir
    Path folder;

    @Test
    void defaults() {
        ServerConfig config = ConfigLoader.load(Map.of(), Optional.empty(), Map.of("PATH", "/bin"));

        assertThat(config)
                .isEqualTo(new ServerConfig(
                        "127.0.0.1",
                        8080,
                        Optional.empty(),
                        "127.0.0.1",
                        8081,
                        Path.of("./data"),
                        Optional.empty(),
                        Optional.empty(),
                        LogFormat.AUTO,
                        Duration.ofDays(30),
                        Duration.ofSeconds(10),
                        List.of(),
                        false,
                        List.of(),
                        Optional.empty(),
                        ConnectionsTree.NONE,
                        ConnectionsTree.NONE));
    }

    @Test
    void connectionsTakeTheirSecretsFromAnyVariable() throws IOException {
        Path file = file("connections: {acme: {password_env: CARILLON_ACME_PASSWORD}}");
        Map<String, String> environment = Map.of("CARILLON_ACME_PASSWORD", "sesame");

        assertThat(ConfigLoader.load(Map.of(), Optional.of(file), environment)
                        .connections()
                        .variable("CARILLON_ACME_PASSWORD"))
                .contains("sesame");
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.empty(), environment))
                .hasMessage("the environment variable CARILLON_ACME_PASSWORD is not known");
    }

    @Test
    void theLaterSourceWins() throws IOException {
        Path file = file("""
                # a comment
                host: 0.0.0.0
                port: 1
                admin-port: 11
                retention: 12h
                """);
        ServerConfig config = ConfigLoader.load(
                Map.of("port", "3"),
                Optional.of(file),
                Map.of("CARILLON_PORT", "2", "CARILLON_ADMIN_PORT", "12", "CARILLON_HOST", ""));

        assertThat(config.port()).isEqualTo(3);
        assertThat(config.adminPort()).isEqualTo(12);
        // An empty variable is not set.
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.retention()).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void theFileMayBeNamedByTheEnvironmentAndTheCommandLineWins() throws IOException {
        Path file = file("port: 1");
        Map<String, String> environment = Map.of("CARILLON_CONFIG", file.toString());
        assertThat(ConfigLoader.load(Map.of(), Optional.empty(), environment).port())
                .isEqualTo(1);

        Path other = Files.writeString(folder.resolve("other.yaml"), "port: 2");
        assertThat(ConfigLoader.load(Map.of(), Optional.of(other), environment).port())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CARILLON_PORT        | 70000 | port: 70000 is not 0 to 65535 (from CARILLON_PORT)
                    CARILLON_ADMIN_PORT  | -1    | admin-port: -1 is not 0 to 65535 (from CARILLON_ADMIN_PORT)
                    CARILLON_PORT        | 8o80  | port: 8o80 is not 0 to 65535 (from CARILLON_PORT)
                    CARILLON_HOST        | a b   | host: a b is not a host name or an address (from CARILLON_HOST)
                    CARILLON_PUBLIC_URL  | http://a.example | public-url: http://a.example is not an https URL of a host, without a slash at its end (from CARILLON_PUBLIC_URL)
                    CARILLON_PUBLIC_URL  | https://a.example/ | public-url: https://a.example/ is not an https URL of a host, without a slash at its end (from CARILLON_PUBLIC_URL)
                    CARILLON_RETENTION   | 30    | retention: 30 is not a duration, such as 12h or 30d (from CARILLON_RETENTION)
                    CARILLON_DRAIN_DELAY | 6m    | drain-delay: 6m is not 0s to 5m (from CARILLON_DRAIN_DELAY)
                    CARILLON_RETENTION   | 1s    | retention: 1s is not 1h to 3650d (from CARILLON_RETENTION)
                    CARILLON_LOG_FORMAT  | xml   | log-format: xml is not auto, text or json (from CARILLON_LOG_FORMAT)
                    CARILLON_PROT        | 1     | the environment variable CARILLON_PROT is not known; did you mean CARILLON_PORT?
                    CARILLON_WHATEVER_IT | 1     | the environment variable CARILLON_WHATEVER_IT is not known
                    CARILLON_MASTER_SECRET | ' ' | master-secret: the value is empty (from CARILLON_MASTER_SECRET)
                    """)
    void badEnvironmentIsRefusedByName(String variable, String value, String message) {
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.empty(), Map.of(variable, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void whatKubernetesSetsIsExplained() {
        assertThatThrownBy(() ->
                        ConfigLoader.load(Map.of(), Optional.empty(), Map.of("CARILLON_PORT", "tcp://10.0.0.1:8080")))
                .hasMessageContaining("enableServiceLinks: false");
        assertThatThrownBy(() ->
                        ConfigLoader.load(Map.of(), Optional.empty(), Map.of("CARILLON_SERVICE_HOST", "10.0.0.1")))
                .hasMessageContaining("enableServiceLinks: false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'prot: 1'             | 'prot' is not a setting; did you mean port? (from FILE)
                    'port: "8080"'        | port: 8080 is text, not a whole number such as 8080 (from FILE)
                    'port: true'          | port: true is true or false, not a whole number such as 8080 (from FILE)
                    'retention: 30'       | retention: 30 is a whole number, not text such as 30d (from FILE)
                    'port:'               | port has no value (from FILE)
                    'port: [1]'           | port is a list, not a plain value (from FILE)
                    'host: {a: b}'        | host is a mapping, not a plain value (from FILE)
                    'port: 99999'         | port: 99999 is not 0 to 65535 (from FILE)
                    '- port'              | the settings file FILE is not a mapping of names to values
                    'master-secret: abc'  | master-secret may only be set by the environment variable CARILLON_MASTER_SECRET, not in FILE
                    """)
    void badFileIsRefusedByName(String content, String message) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.of(file), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message.replace("FILE", file.toString()));
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() throws IOException {
        Path file = file("port: 1\nhost: ::1\nport: 2\n");
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.of(file), Map.of()))
                .hasMessage("port is set twice in " + file);
    }

    @Test
    void aSecondDocumentIsRefused() throws IOException {
        Path file = file("port: 1\n---\nport: 2\n");
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.of(file), Map.of()))
                .hasMessage("the settings file " + file + " holds more than one document");
    }

    @Test
    void emptyFilesSetNothing() throws IOException {
        assertThat(ConfigLoader.load(Map.of(), Optional.of(file("")), Map.of()).port())
                .isEqualTo(8080);
        assertThat(ConfigLoader.load(Map.of(), Optional.of(file("# nothing\n")), Map.of())
                        .port())
                .isEqualTo(8080);
    }

    @Test
    void aMissingFileIsRefused() {
        Path missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.of(missing), Map.of()))
                .hasMessage("the settings file " + missing + " does not exist");
    }

    @Test
    void badYamlIsRefusedWithoutQuotingIt() throws IOException {
        Path file = file("port: 1\ndatabase-url: \"postgresql://u:hunter2@h/db\nhost: [\n");
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.of(file), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the settings file " + file + " is not valid YAML near line ")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void aBadValueIsRefusedEvenWhereALaterSourceWouldWin() {
        assertThatThrownBy(() ->
                        ConfigLoader.load(Map.of("port", "1"), Optional.empty(), Map.of("CARILLON_PORT", "nonsense")))
                .hasMessageContaining("CARILLON_PORT");
    }

    @Test
    void badOptionsAreNamedAsTheyWereTyped() {
        assertThatThrownBy(() -> ConfigLoader.load(Map.of("admin-port", "x"), Optional.empty(), Map.of()))
                .hasMessage("admin-port: x is not 0 to 65535 (from --admin-port)");
    }

    @Test
    void secretsAreNeverPrinted() {
        ServerConfig config = ConfigLoader.load(
                Map.of("database-url", "postgresql://user:hunter2@db/carillon"),
                Optional.empty(),
                Map.of("CARILLON_MASTER_SECRET", "sesame"));
        assertThat(config.toString()).doesNotContain("hunter2").doesNotContain("sesame");
        assertThat(config.masterSecret()).contains(new Secret("sesame"));

        assertThatThrownBy(() -> ConfigLoader.load(
                        Map.of("database-url", "mysql://user:hunter2@db/carillon"), Optional.empty(), Map.of()))
                .hasMessageStartingWith("database-url: the value must begin with postgresql://")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void theTableForTheDocumentationHasEveryName() {
        assertThat(Settings.markdown())
                .contains("| `admin-port` | `CARILLON_ADMIN_PORT` | `--admin-port N` | `8081` |")
                .contains("|  | `CARILLON_MASTER_SECRET` |  |  |")
                .contains("|  | `CARILLON_CONFIG` | `--config FILE` |  |")
                .contains("CARILLON_JAVA_OPTS");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("carillon.yaml"), content);
    }
}
