// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events reach a receiver, signed and in order, also when the program is killed before it has told them. */
class WebhookIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Event(JsonNode body, boolean genuine) {}

    @TempDir
    Path folder;

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private HttpServer receiver;
    private volatile String secret = "";
    private volatile int status = 200;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        String timestamp = exchange.getRequestHeaders().getFirst("webhook-timestamp");
        String signatures = exchange.getRequestHeaders().getFirst("webhook-signature");
        if (status == 200) {
            boolean genuine = List.of(signatures.split(" ")).contains(signature(id + "." + timestamp + ".", body));
            events.add(new Event(JSON.readTree(body), genuine));
        }
        exchange.sendResponseHeaders(status, -1);
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

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
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
        status = 503;
        List<String> ids = new ArrayList<>();
        try (CarillonProcess server = serve(installation);
                Ding ding = new Ding(server, customer)) {
            for (int i = 0; i < 4; i++) {
                Answer created = ding.create("+3361234560" + i, "callback_url", url(), "correlation_id", "n" + i);
                ids.add(created.field("authentication_uuid"));
            }
            assertThat(ding.create("+33612345609", "callback_url", "https://10.0.0.1/")
                            .status())
                    .isEqualTo(400);
            server.kill();
        }
        JsonNode waiting = installation.run("webhook", "list", customer.uuid());
        assertThat(waiting).hasSize(4);
        status = 200;
        // Those that failed wait a minute for the next try; the operator does not.
        try (CarillonProcess _ = serve(installation)) {
            for (String id : ids) {
                installation.run("webhook", "replay", customer.uuid(), "--verification", id);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(toldOf().keySet()).containsAll(ids));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(toldOf().values())
                    .allSatisfy(types -> assertThat(types).startsWith("authentication", "attempt")));
        }
        assertThat(events).allSatisfy(event -> {
            assertThat(event.genuine()).isTrue();
            assertThat(event.body().path("correlation_id").asText()).startsWith("n");
        });
    }

    /** The kinds of events of each verification in the order in which they came; a repetition is left out. */
    private Map<String, List<String>> toldOf() {
        Map<String, LinkedHashSet<String>> seen = new LinkedHashMap<>();
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (Event event : events) {
            String id = event.body().path("auth_uuid").asText();
            boolean first = seen.computeIfAbsent(id, _ -> new LinkedHashSet<>())
                    .add(event.body().path("id").asText());
            if (first) {
                told.computeIfAbsent(id, _ -> new ArrayList<>())
                        .add(event.body().path("type").asText());
            }
        }
        return told;
    }
}
