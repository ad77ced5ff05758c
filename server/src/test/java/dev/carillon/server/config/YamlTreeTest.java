// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTreeTest {
    @TempDir
    Path folder;

    @Test
    void plainValuesAreWhatPeopleMean() {
        assertThat(YamlTree.parse("""
                        port: 2775
                        id: 1107161234567890123
                        long: 491511234567890
                        price: 0.0750
                        on: true
                        off: false
                        norway: NO
                        phone: +4915112345678
                        short: 0123
                        hex: 0x1F
                        exponent: 1e3
                        under: 1_000
                        quoted: "12"
                        list: [1, {a: b}]
                        """))
                .isEqualTo(Map.ofEntries(
                        Map.entry("port", 2775),
                        Map.entry("id", "1107161234567890123"),
                        Map.entry("long", 491511234567890L),
                        Map.entry("price", new BigDecimal("0.0750")),
                        Map.entry("on", true),
                        Map.entry("off", false),
                        Map.entry("norway", "NO"),
                        Map.entry("phone", "+4915112345678"),
                        Map.entry("short", "0123"),
                        Map.entry("hex", "0x1F"),
                        Map.entry("exponent", "1e3"),
                        Map.entry("under", "1_000"),
                        Map.entry("quoted", "12"),
                        Map.entry("list", List.of(1, Map.of("a", "b")))));
        assertThat(YamlTree.parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'a: {b: 1, b: 2}' | a.b is set twice",
                "'a: {b: }' | a.b has no value",
                "'a: [1, null]' | a[2] has no value",
                "'a: &x 1\nb: *x' | b is an alias (*name); write it out",
                "'- a' | this is not a mapping of names to values",
                "'a: 1\n---\nb: 2' | there is more than one document",
                "'a: [[[[[[[[[[[[1]]]]]]]]]]]]' | a[1][1][1][1][1][1][1][1][1][1][1][1] is nested too deeply",
                "'a: \"hunter2' | this is not valid YAML near line 1",
            })
    void whatIsWrongIsNamedAndNotShown(String yaml, String message) {
        assertThatThrownBy(() -> YamlTree.parse(yaml.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void aBombIsRefused() {
        assertThatThrownBy(() -> YamlTree.parse("a: [" + "1,".repeat(30_000) + "1]"))
                .hasMessageContaining("there is too much in here");
    }

    @Test
    void connectionsAreHandedOverAsTheyAre() throws IOException {
        Path file = Files.writeString(folder.resolve("carillon.yaml"), """
                port: 1
                connections:
                  acme:
                    kind: smpp
                    options: {password: hunter2, key_env: ACME_KEY, list: [{token_env: TOKEN}]}
                host: 0.0.0.0
                """);
        ServerConfig config = ConfigLoader.load(
                Map.of(), Optional.of(file), Map.of("ACME_KEY", "sesame", "TOKEN", "t", "HOME", "/root"));
        assertThat(config.port()).isEqualTo(1);
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.connections().byName()).containsOnlyKeys("acme");
        assertThat(config.connections().variable("ACME_KEY")).contains("sesame");
        assertThat(config.connections().variables()).containsOnlyKeys("ACME_KEY", "TOKEN");
        assertThat(config.toString()).contains("acme").doesNotContain("hunter2", "sesame");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'connections: [a]' | connections must be a mapping of names to settings (from FILE)",
                "'connections:' | connections must be a mapping of names to settings (from FILE)",
                "'connections: {a: {kind: x, kind: y}}' | connections.a.kind is set twice (from FILE)",
                "'connections: {a: {password: }}' | connections.a.password has no value (from FILE)",
                "'connection: {a: b}' | connection is a mapping, not a plain value (from FILE)",
            })
    void badConnectionsAreNamed(String yaml, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("carillon.yaml"), yaml);
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.of(file), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message.replace("FILE", file.toString()));
    }

    @Test
    void connectionsTwiceAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("carillon.yaml"), "connections: {}\nconnections: {}\n");
        assertThatThrownBy(() -> ConfigLoader.load(Map.of(), Optional.of(file), Map.of()))
                .hasMessage("connections is set twice in " + file);
    }
}
