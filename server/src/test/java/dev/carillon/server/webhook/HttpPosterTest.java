// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.server.webhook.PublicNames.NameService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HttpPosterTest {
    private static final byte[] BODY = "{}".getBytes(UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AddressRules local = new AddressRules(Cidr.parseList("127.0.0.0/8,::1"));
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> hosts = new LinkedBlockingQueue<>();
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private HttpServer receiver;
    private volatile int status = 200;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::answer);
        receiver.start();
    }

    @AfterEach
    void stopReceiver() {
        receiver.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                + exchange.getRequestHeaders().getFirst("webhook-id") + " "
                + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        ports.add(exchange.getRemoteAddress().getPort());
        hosts.add(exchange.getRequestHeaders().getFirst("Host"));
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private String url(String host) {
        return "http://" + host + ":" + receiver.getAddress().getPort() + "/hook?a=b";
    }

    private static Optional<String> post(AddressRules rules, String url, Duration patience) {
        return post(rules, InetAddress::getAllByName, url, patience);
    }

    private static Optional<String> post(AddressRules rules, NameService service, String url, Duration patience) {
        PublicNames names = new PublicNames(rules, service, patience, 4);
        try (HttpPoster poster = new HttpPoster(names, TrustedAuthorities.with(Optional.empty()), patience, 4)) {
            return poster.post(url, Map.of("webhook-id", "7"), BODY);
        }
    }

    @Test
    void theReceiverGetsWhatWasPosted() {
        assertThat(post(local, url("localhost"), PATIENCE)).isEmpty();
        assertThat(received.poll()).isEqualTo("POST /hook?a=b application/json 7 {}");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 204})
    void anythingOf2xxWillDo(int code) {
        status = code;
        assertThat(post(local, url("127.0.0.1"), PATIENCE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 410, 429, 500, 503})
    void nothingElseWillAndARedirectIsNotFollowed(int code) {
        status = code;
        assertThat(post(local, url("127.0.0.1"), PATIENCE)).contains("answered " + code);
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aNameThatLeadsToAForbiddenAddressIsNotCalled(String host) {
        assertThat(post(new AddressRules(List.of()), url(host), PATIENCE))
                .contains("the host leads to a forbidden address: loopback");
        assertThat(received).isEmpty();
    }

    @Test
    void aReceiverThatHangsIsLeftInTime() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            assertThat(post(local, url, Duration.ofSeconds(1))).isPresent();
        }
    }

    @Test
    void whoIsNotThereHasNoAnswer() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        assertThat(post(local, "http://127.0.0.1:" + port + "/", PATIENCE))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("the connection failed"));
    }

    /** DNS rebinding: the second answer would lead elsewhere, but nobody asks again. */
    @Test
    void theConnectionGoesToTheAddressThatWasLookedAt() {
        AtomicInteger lookups = new AtomicInteger();
        NameService rebinding = _ -> {
            String address = lookups.incrementAndGet() == 1 ? "127.0.0.1" : "10.0.0.1";
            return new InetAddress[] {InetAddress.ofLiteral(address)};
        };
        assertThat(post(local, rebinding, url("hooks.example"), PATIENCE)).isEmpty();
        assertThat(received).hasSize(1);
        assertThat(hosts.poll()).startsWith("hooks.example:");
        assertThat(lookups).hasValue(1);
    }

    @Test
    void aReceiverIsToldMuchByOneConnection() {
        PublicNames names = new PublicNames(local, InetAddress::getAllByName, PATIENCE, 4);
        try (HttpPoster poster = new HttpPoster(names, TrustedAuthorities.with(Optional.empty()), PATIENCE, 4)) {
            for (int i = 0; i < 5; i++) {
                status = i % 2 == 0 ? 200 : 500;
                assertThat(poster.post(url("127.0.0.1"), Map.of("webhook-id", "7"), BODY)
                                .isEmpty())
                        .isEqualTo(i % 2 == 0);
            }
        }
        assertThat(ports).hasSize(1);
    }

    /** Its server keeps a connection for one request only, and does not say so. */
    @Test
    void aConnectionThatTheReceiverHasClosedIsNoFailure() throws IOException {
        try (ServerSocket rude = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                while (!rude.isClosed()) {
                    try (Socket socket = rude.accept()) {
                        byte[] _ = socket.getInputStream().readNBytes(64);
                        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
                    } catch (IOException e) {
                        // It is closed when the test ends.
                    }
                }
            });
            String url = "http://127.0.0.1:" + rude.getLocalPort() + "/";
            PublicNames names = new PublicNames(local, InetAddress::getAllByName, PATIENCE, 4);
            try (HttpPoster poster = new HttpPoster(names, TrustedAuthorities.with(Optional.empty()), PATIENCE, 4)) {
                for (int i = 0; i < 3; i++) {
                    assertThat(poster.post(url, Map.of(), BODY)).isEmpty();
                }
            }
        }
    }

    @Test
    void anAnswerWithoutEndIsNotRead() throws IOException {
        try (ServerSocket endless = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = endless.accept()) {
                    byte[] chunk = new byte[8192];
                    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
                    while (true) {
                        socket.getOutputStream().write(chunk);
                    }
                } catch (IOException e) {
                    // The other side has gone, as it should.
                }
            });
            assertThat(post(local, "http://127.0.0.1:" + endless.getLocalPort() + "/", PATIENCE))
                    .isEmpty();
        }
    }
}
