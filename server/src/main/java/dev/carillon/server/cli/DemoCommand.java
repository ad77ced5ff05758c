// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.cli.Administration.NewAccount;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code demo}: one verification from create to valid, through the real API. */
@Command(
        name = "demo",
        description =
                "See it work: starts a server with temporary data on free ports, verifies a number through the real API and"
                        + " shows each step.")
final class DemoCommand implements Callable<Integer> {
    /** Of the range for fiction: nobody's number. */
    private static final String NUMBER = "+12025550123";

    private static final int MAX_STORY_READS = 100;

    private final Context context;
    private int step;

    DemoCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream out = context.out();
        out.println("Carillon demo: one phone number, verified end to end. Nothing leaves this machine.\n");
        try (TemporaryServer server = TemporaryServer.start(context.wiring())) {
            step(
                    "Started a server",
                    "API    " + server.service().address(),
                    "admin  " + server.service().adminAddress());
            NewAccount account = createAccount(server);
            step(
                    "Created an account",
                    "customer_uuid  " + account.account().id(),
                    "api_key        (shown once, stored hashed)");
            try (DemoClient client = new DemoClient(server.service(), account)) {
                verify(client);
            }
        }
        out.println("Done. Next: bin/carillon serve, then docs/api.md");
        return 0;
    }

    private NewAccount createAccount(TemporaryServer server) {
        try (Administration administration = context.wiring().administration(server.config())) {
            return administration.createAccount("demo");
        }
    }

    private void verify(DemoClient client) throws IOException, InterruptedException {
        JsonNode created = client.post("/v1/authentication", Map.of("phone_number", NUMBER));
        String id = created.path("authentication_uuid").asText();
        step("POST /v1/authentication for " + NUMBER, created.toString());

        JsonNode message = client.message(NUMBER);
        step(
                "The SMS as it arrived",
                "from " + message.path("sender_id").asText() + " to "
                        + message.path("to").asText(),
                "\u201c" + message.path("text").asText() + "\u201d");

        String right = message.path("code").asText();
        String wrong = right.equals("000000") ? "111111" : "000000";
        step("POST /v1/check with a wrong code, " + wrong, check(client, id, wrong, "invalid"));
        step("POST /v1/check with the right code, " + right, check(client, id, right, "valid"));
        story(client, id);
    }

    private static String check(DemoClient client, String id, String code, String expected)
            throws IOException, InterruptedException {
        JsonNode answer = client.post("/v1/check", Map.of("authentication_uuid", id, "check_code", code));
        if (!answer.path("status").asText().equals(expected)) {
            throw new AdministrationException("the check should be " + expected + ", but the answer is " + answer);
        }
        return answer.toString();
    }

    private void story(DemoClient client, String id) throws IOException, InterruptedException {
        JsonNode events = client.get("/v1/authentication/" + id).path("events");
        for (int i = 0; i < MAX_STORY_READS && !isDelivered(events); i++) {
            Thread.sleep(20);
            events = client.get("/v1/authentication/" + id).path("events");
        }
        step(
                "GET /v1/authentication/" + id,
                events.valueStream().map(DemoCommand::line).toArray(String[]::new));
    }

    private static boolean isDelivered(JsonNode events) {
        return events.valueStream()
                .anyMatch(event -> event.path("type").asText().equals("delivery_status")
                        && event.path("status").asText().equals("delivered"));
    }

    private static String line(JsonNode event) {
        String type = event.path("type").asText();
        String detail =
                switch (type) {
                    case "attempt" -> event.path("content").asText();
                    case "check" -> "code " + event.path("code").asText();
                    default -> "";
                };
        return "%s  %-15s  %-9s  %s"
                .formatted(
                        event.path("created_at").asText(),
                        type,
                        event.path("status").asText(),
                        detail)
                .stripTrailing();
    }

    private void step(String title, String... lines) {
        step++;
        context.out().println(step + ". " + title);
        for (String line : lines) {
            context.out().println("     " + line);
        }
        context.out().println();
    }
}
