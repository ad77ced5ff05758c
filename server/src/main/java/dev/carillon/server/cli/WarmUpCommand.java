// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.config.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import picocli.CommandLine.Command;

/**
 * Does once what a server does first, so that bin/carillon can record which classes that takes: what runs here starts fast later.
 * Uses nothing of the operator's: temporary data, free ports, no settings.
 */
@Command(name = "warm-up", hidden = true, description = "Used by bin/carillon to make the start fast.")
final class WarmUpCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Enough that the JVM also records what the hot path is like. */
    private static final int PAIRS = 300;

    private static final List<String> LOADED =
            List.of("dev/carillon/", "org/postgresql/", "com/zaxxer/hikari/", "org/jsmpp/");

    private final Context context;

    WarmUpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        haltWhenStuck();
        loadWhatIsNotUsedHere();
        try (TemporaryFolder data = TemporaryFolder.make()) {
            return run(
                    List.of(
                            "serve",
                            "--data",
                            data.path().toString(),
                            "--host",
                            "127.0.0.1",
                            "--port",
                            "0",
                            "--admin-host",
                            "127.0.0.1",
                            "--admin-port",
                            "0",
                            "--log-format",
                            "json"),
                    new Training(context.wiring()));
        }
    }

    /** The server's own way from the command line on, until it is ready. */
    private record Training(Wiring wiring, CompletableFuture<ServerConfig> config) implements Wiring {
        Training(Wiring wiring) {
            this(wiring, new CompletableFuture<>());
        }

        @Override
        public Administration administration(ServerConfig config) {
            return wiring.administration(config);
        }

        @Override
        public Connections connections(ServerConfig config) {
            return wiring.connections(config);
        }

        @Override
        public Backups backups(ServerConfig config) {
            return wiring.backups(config);
        }

        @Override
        public Service service(ServerConfig settings) {
            config.complete(settings);
            return wiring.service(settings);
        }

        @Override
        public void keep(Service service, Duration limit, Runnable ready) throws IOException, InterruptedException {
            ready.run();
            Administration.NewAccount account;
            try (service) {
                try (Administration administration = wiring.administration(config.join())) {
                    account = administration.createAccount("warm-up");
                }
                try (DemoClient client = new DemoClient(service, account)) {
                    for (int i = 0; i < PAIRS; i++) {
                        drive(client, "+336" + (12_345_678 + i * 7_919));
                    }
                }
                shortCommands(wiring, config.join().dataDir().toString());
            }
        }
    }

    private static void drive(DemoClient client, String number) throws IOException, InterruptedException {
        JsonNode created = client.post("/v1/authentication", Map.of("phone_number", number));
        String id = created.path("authentication_uuid").asText();
        String code = client.message(number).path("code").asText();
        client.post("/v1/check", Map.of("authentication_uuid", id, "check_code", code));
        client.get("/v1/authentication/" + id);
        client.get("/v1/lookup/" + number);
    }

    /** Their start is most of the time that they take. */
    private static void shortCommands(Wiring wiring, String data) {
        for (List<String> command : List.of(
                List.of("account", "create", "--name", "warm-up", "--json", "--data", data),
                List.of("account", "list", "--data", data),
                List.of("serve", "--help"),
                List.of("--version"))) {
            int _ = run(command, wiring);
        }
    }

    private static int run(List<String> command, Wiring wiring) {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            return Program.run(command, wiring, Map.of(), nowhere, nowhere);
        }
    }

    /**
     * A server may run on PostgreSQL and have connections, and there is neither here: the classes for that are only loaded, which is
     * most of what they cost at a start.
     */
    private static void loadWhatIsNotUsedHere() throws IOException {
        String jar = System.getProperty("java.class.path");
        if (!Files.isRegularFile(Path.of(jar))) {
            return; // not the packaged program
        }
        try (JarFile file = new JarFile(jar)) {
            file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && LOADED.stream().anyMatch(name::startsWith))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .forEach(WarmUpCommand::load);
        }
    }

    private static void load(String name) {
        try {
            Class<?> _ = Class.forName(name, false, WarmUpCommand.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            // It needs what is not in the jar, so that no server uses it either.
        }
    }

    private static void haltWhenStuck() {
        Thread.ofPlatform().daemon().name("warm-up-limit").start(() -> {
            try {
                Thread.sleep(LIMIT);
            } catch (InterruptedException e) {
                return;
            }
            Runtime.getRuntime().halt(Program.FAILED);
        });
    }
}
