// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events reach their receivers, signed and in order, also when the program is killed while it tells them. */
class WebhookIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A request. */
    private record Event(String path, JsonNode body, int signatures, boolean genuine) {
        String verification() {
            return body.path("auth_uuid").asText();
        }

        String id() {
            return body.path("id").asText();
        }

        String type() {
            return body.path("type").asText();
        }
    }

    @TempDir
    Path folder;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private HttpServer receiver;
    private volatile String secret = "";
    private volatile boolean hanging = true;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(threads);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        released.countDown();
        receiver.stop(0);
        threads.shutdownNow();
    }

    /** Keeps what it is told; while it hangs, nobody learns of that. */
    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Headers headers = exchange.getRequestHeaders();
        List<String> signatures = List.of(headers.getFirst("webhook-signature").split(" "));
        String signed = headers.getFirst("webhook-id") + "." + headers.getFirst("webhook-timestamp") + ".";
        boolean genuine = signatures.contains(signature(signed, body));
        events.add(new Event(exchange.getRequestURI().getPath(), JSON.readTree(body), signatures.size(), genuine));
        if (hanging) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private String signature(String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            mac.update(prefix.getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + path;
    }

    private static CarillonProcess serve(Installation installation) throws IOException {
        return installation.serve(
                Map.of("CARILLON_WEBHOOK_HTTP", "true", "CARILLON_WEBHOOK_NETWORKS", "127.0.0.0/8"),
                "-Dcarillon.webhook.lease=2s",
                "-Dcarillon.outbox.lease=3s");
    }

    @ParameterizedTest
    @EnumSource
    void everyEventArrivesInOrderAndSigned(Engine engine) throws Exception {
        Installation installation = Installation.fresh(engine, folder);
        Customer customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        secret = installation
                .run("webhook", "secret", "show", customer.uuid())
                .path("secrets")
                .path(0)
                .asText();
        installation.run("webhook", "set", customer.uuid(), url("/default"));
        installation.run("webhook", "endpoint", "put", customer.uuid(), url("/endpoint"));
        List<String> ids = new ArrayList<>();
        try (CarillonProcess server = serve(installation);
                Ding ding = new Ding(server, customer)) {
            for (int i = 0; i < 4; i++) {
                ids.add(created(ding.create("+3361234560" + i, "correlation_id", "n" + i)));
            }
            ids.add(created(ding.create("+33612345604", "callback_url", url("/own"), "correlation_id", "n4")));
            assertThat(ding.create("+33612345609", "callback_url", "https://10.0.0.1/")
                            .status())
                    .isEqualTo(400);
            assertThat(ding.check(ids.getFirst(), "0000").status()).isEqualTo(200);
            assertThat(ding.feedback("+33612345600", "onboarded").status()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> events.size() >= 4);
            server.kill();
        }
        assertThat(installation.run("webhook", "list", customer.uuid())).hasSize(2 * ids.size());
        Set<String> answersLost = events.stream().map(Event::id).collect(Collectors.toSet());
        hanging = false;
        installation.run("webhook", "secret", "rotate", customer.uuid());
        try (CarillonProcess _ = serve(installation)) {
            // Nobody does anything: what was under way is taken over when its lease has run out.
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told("/default", ids.get(1)))
                    .startsWith("authentication", "attempt"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told("/own", ids.getLast()))
                    .startsWith("authentication", "attempt"));
            for (String id : ids) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(told("/endpoint", id)).contains("authentication", "attempt"));
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told("/endpoint", ids.getFirst()))
                    .containsSubsequence("authentication", "check", "feedback"));
        }
        assertThat(told("/default", ids.getLast())).isEmpty();
        assertThat(told("/default", ids.getFirst())).doesNotContain("check", "feedback");
        // The secret of before the rotation is good for one more.
        assertThat(events)
                .allMatch(Event::genuine)
                .extracting(Event::signatures)
                .contains(1, 2);
        Map<String, Long> times = events.stream()
                .collect(Collectors.groupingBy(event -> event.path() + event.id(), Collectors.counting()));
        assertThat(events.stream().filter(event -> times.getOrDefault(event.path() + event.id(), 0L) > 1))
                .allMatch(event -> answersLost.contains(event.id()));

        if (engine == Engine.SQLITE) {
            replay(installation, customer, ids.get(2));
        }
    }

    /** What was told is told again when the operator says so. That the other engine does the same, a quicker test shows. */
    private void replay(Installation installation, Customer customer, String replayed) throws Exception {
        events.clear();
        installation.run("webhook", "replay", customer.uuid(), "--verification", replayed);
        JsonNode shown = installation.run("webhook", "show", replayed);
        assertThat(shown).isNotEmpty().allMatch(event -> !event.path("told").asBoolean());
        try (CarillonProcess _ = serve(installation)) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(told("/default", replayed))
                    .startsWith("authentication", "attempt"));
        }
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return answer.field("authentication_uuid");
    }

    /** The kinds of events of a verification in the order in which they came; a repetition is left out. */
    private List<String> told(String path, String verification) {
        Set<String> seen = new HashSet<>();
        return events.stream()
                .filter(event ->
                        event.path().equals(path) && event.verification().equals(verification))
                .filter(event -> seen.add(event.id()))
                .map(Event::type)
                .toList();
    }
}
