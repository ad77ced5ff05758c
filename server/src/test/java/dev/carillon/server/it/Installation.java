// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.server.app.LiveWiring;
import dev.carillon.server.testing.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store of its own, with what an operator types to work on it. Servers are processes of the packaged program. Commands run in this
 * JVM, to save a hundred starts: they are beside the server as ever, in a process that is not its own. ProgramIT starts some of them.
 *
 * @param data the data folder
 * @param databaseUrl of a fresh PostgreSQL database; empty: SQLite in the data folder
 */
record Installation(Path data, Optional<String> databaseUrl) {
    private static final JsonMapper JSON = new JsonMapper();

    /** An empty store; its data folder is made in {@code folder}. */
    static Installation fresh(Engine engine, Path folder) throws IOException {
        Path data = Files.createTempDirectory(folder, "data").resolve("carillon");
        return new Installation(
                data,
                engine == Engine.POSTGRESQL
                        ? Optional.of(PostgresServer.shared().createDatabase())
                        : Optional.empty());
    }

    /** Starts a server on free ports. */
    CarillonProcess serve(String... jvmOptions) throws IOException {
        return serve(Map.of(), jvmOptions);
    }

    /** The same with settings from the environment. */
    CarillonProcess serve(Map<String, String> environment, String... jvmOptions) throws IOException {
        return CarillonProcess.start(Program.command(List.of(jvmOptions), serveArguments()), environment);
    }

    /** Starts a server on free ports, with a settings file that must not say where the store is. */
    CarillonProcess serve(Path settings, Map<String, String> environment) throws IOException {
        List<String> arguments = serveArguments();
        arguments.addAll(List.of("--config", settings.toString()));
        return CarillonProcess.start(Program.command(List.of(), arguments), environment);
    }

    /** Starts a server on these ports. */
    CarillonProcess serveOn(int port, int adminPort, Map<String, String> environment) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "" + port, "--admin-port", "" + adminPort));
        arguments.addAll(store());
        return CarillonProcess.start(Program.command(List.of(), arguments), environment);
    }

    /** A command of the command line, which must succeed; what it printed as JSON. */
    JsonNode run(String... words) throws IOException {
        Program.Output output = tryToRun(Map.of(), words);
        assertThat(output.code()).as(() -> List.of(words) + "\n" + output.err()).isZero();
        return JSON.readTree(output.out());
    }

    /** A command of the command line, told to print JSON, however it ends. */
    Program.Output tryToRun(Map<String, String> environment, String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add("--json");
        arguments.addAll(store());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = dev.carillon.server.cli.Program.run(
                arguments,
                new LiveWiring(),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Program.Output(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Starts a server that is expected to refuse to. */
    Program.Output serveInVain(Map<String, String> environment) throws IOException, InterruptedException {
        return Program.run(Program.command(List.of(), serveArguments()), environment);
    }

    /** Makes an account, and sets its policy if options are given. */
    Customer customer(String... policy) throws IOException {
        JsonNode made = run("account", "create", "--name", "Test");
        Customer customer = new Customer(
                made.path("customer_uuid").asText(), made.path("api_key").asText());
        if (policy.length > 0) {
            set(customer, policy);
        }
        return customer;
    }

    /** {@code account set}. */
    JsonNode set(Customer customer, String... policy) throws IOException {
        List<String> words = new ArrayList<>(List.of("account", "set", customer.uuid()));
        words.addAll(List.of(policy));
        return run(words.toArray(String[]::new));
    }

    private List<String> serveArguments() {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--admin-port", "0"));
        arguments.addAll(store());
        return arguments;
    }

    private List<String> store() {
        List<String> options = new ArrayList<>(List.of("--data", data.toString()));
        databaseUrl.ifPresent(url -> options.addAll(List.of("--database-url", url)));
        return options;
    }
}
