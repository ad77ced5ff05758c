// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Audience;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.api.ding.DingEvents;
import dev.carillon.server.config.Cidr;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.verify.Subject;
import dev.carillon.server.verify.VerifyTestBench;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backlog of many receivers, one in ten of which hangs, over real connections. Small here; {@code bench/webhooks.sh} runs it with
 * 50,000 events to 100 receivers.
 */
@Timeout(600)
class BacklogTest {
    private static final int EVENTS = Integer.getInteger("carillon.webhook.events", 600);
    private static final int RECEIVERS = Integer.getInteger("carillon.webhook.receivers", 20);
    private static final int EACH = 3;
    private static final int WRITERS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    private final Map<String, AtomicInteger> told = new ConcurrentHashMap<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    /** Of a hundred receivers each would keep as many connections; the one server here would close all above two hundred. */
    @BeforeAll
    static void keepConnections() {
        System.setProperty("sun.net.httpserver.maxIdleConnections", Integer.toString(2 * Receivers.ROOM));
    }

    /** One server is all receivers: they are told apart by the name that they are called. */
    @BeforeEach
    void startReceivers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    @AfterEach
    void stopReceivers() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static boolean hangs(int receiver) {
        return receiver % 10 == 0;
    }

    private static String name(int receiver) {
        return "r" + receiver + (hangs(receiver) ? ".hanging" : ".well") + ".example";
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] _ = exchange.getRequestBody().readAllBytes();
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host.contains(".hanging.")) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            told.computeIfAbsent(host, _ -> new AtomicInteger()).incrementAndGet();
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private int told() {
        return told.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    @Test
    void thoseThatAreWellHearEverythingWhileOthersHang() throws Exception {
        try (OpenDatabase database = OpenDatabase.open(folder, Optional.empty());
                VerifyTestBench bench = new VerifyTestBench(folder, database)) {
            int verifications = EVENTS / EACH;
            fill(bench, verifications);
            AddressRules addresses = new AddressRules(Cidr.parseList("127.0.0.0/8"));
            PublicNames names = new PublicNames(
                    addresses,
                    _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")},
                    Duration.ofSeconds(10),
                    Receivers.ROOM);
            Poster poster = new HttpPoster(
                    names, TrustedAuthorities.with(Optional.empty()), Duration.ofSeconds(10), Receivers.ROOM);
            Teller teller = new Teller(
                    new VerificationReader(database.store()),
                    _ -> Optional.of(bench.view()),
                    bench.keyring,
                    new ReceiverUrl(addresses, true),
                    new DingEvents(),
                    poster,
                    bench.clock);
            int expected = (int) IntStream.range(0, verifications)
                            .filter(i -> !hangs(i % RECEIVERS))
                            .count()
                    * EACH;
            Memory memory = new Memory();
            long begun = System.nanoTime();
            try (Webhooks webhooks = new Webhooks(
                            new Letters(database), teller::tell, poster, bench.clock, Duration.ofDays(30))
                    .start()) {
                await().atMost(PATIENCE).until(() -> {
                    memory.look();
                    assertThat(webhooks.inFlight()).isLessThanOrEqualTo(Receivers.ROOM);
                    return told() >= expected;
                });
                double seconds = (System.nanoTime() - begun) / 1e9;
                System.out.printf(
                        "%d events, %d receivers of which one in ten hangs: %d told in %.1f s, %.0f/s; heap in use at most %d MiB more%n",
                        EVENTS, RECEIVERS, expected, seconds, expected / seconds, memory.growth());
                released.countDown();
            }
            assertThat(told()).isEqualTo(expected);
            assertThat(told).hasSize(RECEIVERS - Math.ceilDiv(RECEIVERS, 10));
            assertThat(memory.growth()).isLessThan(64);
        }
    }

    private void fill(VerifyTestBench bench, int verifications) throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int first = writer;
            writers.add(threads.submit(() -> {
                for (int i = first; i < verifications; i += WRITERS) {
                    add(bench, i);
                }
            }));
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
    }

    private void add(VerifyTestBench bench, int i) {
        int receiver = i % RECEIVERS;
        Subject subject = new Subject(
                new PhoneNumber("+1212" + (1_000_000 + i), "US", LineType.MOBILE),
                Signals.NONE,
                Optional.empty(),
                Optional.of(
                        "http://" + name(receiver) + ":" + server.getAddress().getPort() + "/"),
                Optional.empty(),
                "en-US",
                Optional.of("Acme"));
        UUID id = bench.create(subject, List.of(new Audience.Callback(new UUID(5, receiver))));
        bench.report(id, 1, DeliveryStatus.SUBMITTED);
        bench.report(id, 1, DeliveryStatus.DELIVERED);
    }

    /** What is in use after a collection, over what was in the beginning. */
    private static final class Memory {
        private static final long MIB = 1 << 20;
        private final long before = used();
        private long most = before;
        private long next = System.nanoTime();

        private static long used() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return runtime.totalMemory() - runtime.freeMemory();
        }

        /** At most every second, for it costs time. */
        void look() {
            if (System.nanoTime() >= next) {
                most = Math.max(most, used());
                next = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            }
        }

        long growth() {
            return (most - before) / MIB;
        }
    }
}
