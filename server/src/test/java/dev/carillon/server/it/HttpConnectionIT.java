// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.server.delivery.http.ProviderFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A provider that is described in the settings: it reports by the URL that it was given, and it may be slow. */
@Timeout(120)
class HttpConnectionIT {
    private static final String PUBLIC_URL = "https://verify.example.com";
    private static final String DELIVERED = "{\"status\":\"DELIVRD\"}";

    @TempDir
    Path folder;

    @AutoClose
    private final ProviderFixture provider = new ProviderFixture();

    private Path settings() throws IOException {
        return Files.writeString(folder.resolve("carillon.yaml"), """
                public-url: %s
                connections:
                  gateway:
                    kind: http
                    sender: Acme
                    timeout: 25s
                    options:
                      url: %s/send
                      body: '{"to":"{{to}}","text":"{{text}}","report":"{{callback}}"}'
                      receipt:
                        status: {json: /status}
                        statuses: {DELIVRD: delivered, UNDELIV: undeliverable}
                """.formatted(PUBLIC_URL, provider.url()));
    }

    @Test
    void aReceiptComesToTheUrlThatTheProviderWasGiven() throws Exception {
        Installation installation = Installation.fresh(Engine.SQLITE, folder);
        Customer customer = installation.customer();
        provider.answerJson(202, "{}");
        try (CarillonProcess server = installation.serve(settings(), Map.of());
                Ding ding = new Ding(server, customer);
                Client world = new Client(server.api())) {
            String id = ding.create("+33612345001").field("authentication_uuid");
            String other = ding.create("+33612346002").field("authentication_uuid");
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            story(ding, id).size() == 2 && story(ding, other).size() == 2);
            String path = callback("+33612345001");
            String othersPath = callback("+33612346002");

            List<String> forged = List.of(
                    path.substring(0, path.length() - 4) + (path.endsWith("AAAA") ? "BBBB" : "AAAA"),
                    path.substring(0, path.lastIndexOf('.')) + othersPath.substring(othersPath.lastIndexOf('.')),
                    path.replace("/gateway.", "/other."),
                    "/hooks/gateway");
            for (String wrong : forged) {
                assertThat(world.post(wrong, Map.of(), DELIVERED).status())
                        .as(wrong)
                        .isIn(403, 404);
            }
            assertThat(world.post(forged.getFirst(), Map.of(), DELIVERED).status())
                    .isEqualTo(403);
            assertThat(story(ding, id)).containsExactly("attempt pending", "delivery_status submitted");

            String[] delivered = {"attempt delivered", "delivery_status submitted", "delivery_status delivered"};
            assertThat(world.post(path, Map.of(), DELIVERED).status()).isEqualTo(200);
            assertThat(story(ding, id)).containsExactly(delivered);
            assertThat(world.post(path, Map.of(), DELIVERED).status()).isEqualTo(200);
            assertThat(world.post(path, Map.of(), "{\"status\":\"UNDELIV\"}").status())
                    .isEqualTo(200);
            assertThat(story(ding, id)).containsExactly(delivered);
            assertThat(story(ding, other)).containsExactly("attempt pending", "delivery_status submitted");
        }
    }

    /** More than are sent at a time, so that some wait inside for those that wait for the provider. */
    @Test
    void whileAProviderHangsCreatesAreAnswered() throws Exception {
        int threads = 16;
        int each = 50;
        Installation installation = Installation.fresh(Engine.SQLITE, folder);
        Customer customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        provider.answer(new ProviderFixture.Hang());
        try (CarillonProcess server = installation.serve(settings(), Map.of());
                Operator operator = new Operator(server)) {
            List<Callable<Integer>> users = new ArrayList<>();
            IntStream.range(0, threads)
                    .forEach(user -> users.add(() -> {
                        try (Ding ding = new Ding(server, customer)) {
                            for (int i = 0; i < each; i++) {
                                Client.Answer created = ding.create("+3367%07d".formatted((user * each + i) * 7919L));
                                assertThat(created.field("status"))
                                        .as(created.text())
                                        .isEqualTo("pending");
                            }
                            return each;
                        }
                    }));
            assertThat(Parallel.all(users)).containsOnly(each);
            assertThat(operator.meter("carillon_outbox_sending"))
                    .as("none has been answered by the provider")
                    .isEqualTo(threads * each);
            Set<String> asked = new HashSet<>();
            provider.requests()
                    .forEach(request -> asked.add(request.json().path("to").asText()));
            assertThat(asked).as("nobody is sent two messages").hasSameSizeAs(provider.requests());
            // A connection that breaks leaves open whether the messages went out.
            provider.close();
        }
    }

    /** The path of the URL that came with a number's message. */
    private String callback(String phone) {
        String url = provider.requests().stream()
                .filter(request -> request.json().path("to").asText().equals(phone))
                .map(request -> request.json().path("report").asText())
                .findFirst()
                .orElseThrow();
        assertThat(url).startsWith(PUBLIC_URL + "/hooks/gateway.");
        return url.substring(PUBLIC_URL.length());
    }

    private static List<String> story(Ding ding, String id) throws IOException {
        return Status.of(ding.status(id)).story();
    }
}
