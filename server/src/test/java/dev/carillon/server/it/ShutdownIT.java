// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SIGTERM under load: what was begun is answered, what was answered is kept, what was queued is sent. */
class ShutdownIT {
    private static final int THREADS = 16;

    @TempDir
    Path folder;

    private record Window(String phone, Answer created) {}

    @ParameterizedTest
    @EnumSource
    void aServerThatIsStoppedFinishesItsWork(Engine engine) throws Exception {
        Installation installation = Installation.fresh(engine, folder);
        Customer customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        Queue<Window> windows = new ConcurrentLinkedQueue<>();
        List<Future<String>> clients = new ArrayList<>();
        AtomicInteger numbers = new AtomicInteger();
        String log;
        try (CarillonProcess server = installation.serve();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                clients.add(threads.submit(() -> createUntilRefused(server, customer, numbers, windows)));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> windows.size() > 200);
            server.terminate();
            assertThat(server.exitCode()).as(server.log()).isZero();
            log = server.log();
        }
        assertThat(log).contains("Stopped").doesNotContain("\"ERROR\"").doesNotContain("stay in the outbox");
        try (CarillonProcess server = installation.serve();
                Ding ding = new Ding(server, customer)) {
            for (Window window : windows) {
                assertIsKeptAndSent(ding.status(window.created().field("authentication_uuid")), window);
            }
            // The server took no more when these came. None of them was done halfway: each number has no window yet.
            for (Future<String> client : clients) {
                String phone = client.get();
                assertThat(ding.create(phone, "correlation_id", "again").field("status"))
                        .as(phone)
                        .isEqualTo("pending");
            }
        }
    }

    /** The number whose create was not answered, or was answered by 503. */
    private static String createUntilRefused(
            CarillonProcess server, Customer customer, AtomicInteger numbers, Queue<Window> windows) {
        String phone = "";
        try (Ding ding = new Ding(server, customer)) {
            while (true) {
                phone = "+3367%07d".formatted(numbers.incrementAndGet() * 7919L);
                Answer created = ding.create(phone);
                assertThat(created.status()).as(created.text()).isIn(200, 503);
                if (created.status() == 503) {
                    return phone;
                }
                windows.add(new Window(phone, created));
            }
        } catch (IOException refused) {
            return phone;
        }
    }

    private static void assertIsKeptAndSent(Answer status, Window window) {
        assertThat(status.status()).as(window + ": " + status.text()).isEqualTo(200);
        assertThat(status.field("phone_number")).isEqualTo(window.phone());
        assertThat(status.field("created_at")).isEqualTo(window.created().field("created_at"));
        List<JsonNode> told = status.json().path("events").findParents("attempt_id");
        assertThat(told).as(status.text()).isNotEmpty();
        assertThat(told.getFirst().path("status").asText()).isEqualTo("submitted");
    }
}
