// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.config.log.Logging;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Does once what a server does first, so that bin/carillon can record which classes that takes: what runs here starts fast later.
 * Uses nothing of the operator's: temporary data, free ports, no settings.
 */
@Command(name = "warm-up", hidden = true, description = "Used by bin/carillon to make the start fast.")
final class WarmUpCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Context context;

    WarmUpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        haltWhenStuck();
        Path data = Files.createTempDirectory("carillon-warm-up");
        try {
            ServerConfig config = ConfigLoader.load(
                    Map.of(
                            "data", data.toString(),
                            "host", "127.0.0.1",
                            "port", "0",
                            "admin-host", "127.0.0.1",
                            "admin-port", "0",
                            "log-format", "json"),
                    Optional.empty(),
                    Map.of());
            Logging.start(config.logFormat());
            try (Service service = context.wiring().service(config)) {
                drive(service);
            }
            shortCommands(data);
        } finally {
            deleteAll(data);
        }
        return 0;
    }

    private static void drive(Service service) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (URI address : new URI[] {service.address(), service.adminAddress()}) {
                HttpRequest request = HttpRequest.newBuilder(address.resolve("/health/live"))
                        .timeout(Duration.ofSeconds(10))
                        .build();
                client.send(request, HttpResponse.BodyHandlers.ofString());
            }
        }
    }

    /** Their start is most of the time that they take. */
    private void shortCommands(Path data) {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            for (List<String> command : List.of(
                    List.of("account", "create", "--name", "warm-up", "--json", "--data", data.toString()),
                    List.of("account", "list", "--data", data.toString()),
                    List.of("serve", "--help"),
                    List.of("--version"))) {
                Program.run(command, context.wiring(), Map.of(), nowhere, nowhere);
            }
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

    private static void deleteAll(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
