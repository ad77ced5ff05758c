// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carillon.core.account.Account;
import dev.carillon.server.config.ServerConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs commands against a store in memory. */
abstract class CommandFixture {
    record Result(int code, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    final MemoryAdministration store = new MemoryAdministration();
    final MemoryBackups backups = new MemoryBackups();
    final MemoryConnections connections = new MemoryConnections();
    final List<ServerConfig> configs = new ArrayList<>();

    Result run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Wiring wiring = new Wiring() {
            @Override
            public Administration administration(ServerConfig config) {
                store.opened++;
                configs.add(config);
                return store;
            }

            @Override
            public Connections connections(ServerConfig config) {
                configs.add(config);
                connections.open = true;
                return connections;
            }

            @Override
            public Backups backups(ServerConfig config) {
                configs.add(config);
                return backups;
            }

            @Override
            public Service service(ServerConfig config) {
                throw new AdministrationException("port " + config.port() + " is taken");
            }
        };
        int code = Program.run(
                List.of(arguments),
                wiring,
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(store.closed).isEqualTo(store.opened);
        assertThat(connections.open).isFalse();
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    Account account() {
        return store.createAccount("Shop").account();
    }
}
