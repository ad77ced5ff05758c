// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

    private final Context context;

    WarmUpCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        haltWhenStuck();
        try (TemporaryServer server = TemporaryServer.start(context.wiring())) {
            Administration.NewAccount account;
            try (Administration administration = context.wiring().administration(server.config())) {
                account = administration.createAccount("warm-up");
            }
            try (DemoClient client = new DemoClient(server.service(), account)) {
                for (int i = 0; i < PAIRS; i++) {
                    drive(client, "+336" + (12_345_678 + i * 7_919));
                }
            }
            shortCommands(server.config().dataDir().toString());
        }
        return 0;
    }

    private static void drive(DemoClient client, String number) throws IOException, InterruptedException {
        JsonNode created = client.post("/v1/authentication", Map.of("phone_number", number));
        String id = created.path("authentication_uuid").asText();
        String code = client.message(number).path("code").asText();
        client.post("/v1/check", Map.of("authentication_uuid", id, "check_code", code));
        client.get("/v1/authentication/" + id);
    }

    /** Their start is most of the time that they take. */
    private void shortCommands(String data) {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            for (List<String> command : List.of(
                    List.of("account", "create", "--name", "warm-up", "--json", "--data", data),
                    List.of("account", "list", "--data", data),
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
}
