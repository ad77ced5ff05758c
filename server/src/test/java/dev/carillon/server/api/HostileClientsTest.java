// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.helidon.http.Method;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that hold on to what they got: connections, threads, memory. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileClientsTest {
    private static final ErrorShape ERRORS = (status, message) -> Answer.json(status, "error", "{}".getBytes(UTF_8));
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final byte[] BIG = new byte[256 * 1024];

    private final AtomicInteger served = new AtomicInteger();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private @Nullable Listener listener;

    private void listen(int connections, Duration timeout, Duration arrival) {
        List<Route> routes = List.of(
                new Route(Method.POST, "/echo", "echo", request -> Answer.json(200, "ok", request.body())),
                new Route(Method.GET, "/big", "big", _ -> {
                    served.incrementAndGet();
                    return Answer.json(200, "ok", BIG);
                }),
                new Route(Method.GET, "/slow", "slow", _ -> {
                    served.incrementAndGet();
                    awaitSlow();
                    return Answer.json(200, "ok", "{}".getBytes(UTF_8));
                }));
        Contracts contracts = new Contracts(new ContractService(routes, ERRORS, RequestMetrics.NONE));
        listener = Listener.start(
                new Listener.Settings("127.0.0.1", 0, connections, timeout, arrival),
                contracts,
                ERRORS,
                RequestMetrics.NONE);
    }

    private void awaitSlow() {
        try {
            assertThat(slow.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), requireNonNull(listener).port());
        sockets.add(socket);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String echo(Socket socket) throws IOException {
        write(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    @AfterEach
    void stop() throws IOException {
        slow.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        requireNonNull(listener).close();
    }

    /** Each byte comes long before anything is idle; it is the request as a whole that takes too long. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "POST /echo HTTP/1.1\r\nHost: x\r\nX: ",
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n{",
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n{",
                // After one that came as a whole.
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}POST /echo HTTP/1.1\r\nHost: x\r\nX: "
            })
    void aRequestByteByByteEnds(String start) throws IOException {
        listen(100, LONG, SHORT);
        Socket socket = connect();
        write(socket, start);
        socket.setSoTimeout(20);
        InputStream in = socket.getInputStream();
        boolean open = true;
        while (open) {
            try {
                open = in.read() >= 0;
            } catch (SocketTimeoutException e) {
                write(socket, "x");
            } catch (IOException e) {
                open = false;
            }
        }
        assertThat(echo(connect())).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aConnectionThatSendsOneRequestAfterTheOtherStays() throws IOException {
        listen(100, LONG, SHORT);
        Socket socket = connect();
        String body = "~".repeat(100);
        int requests = 0;
        // For longer than one request may take to arrive.
        for (long end = System.nanoTime() + SHORT.multipliedBy(3).toNanos();
                requests < 3 || System.nanoTime() - end < 0;
                requests++) {
            write(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n" + body);
            for (int left = 100; left > 0; ) {
                int read = socket.getInputStream().read();
                assertThat(read).as("open after " + requests).isNotNegative();
                left -= read == '~' ? 1 : 0;
            }
        }
    }

    /** Requests without end, of which no answer is read: the writer blocks, and is broken off. */
    @Test
    void answersThatNobodyTakesEndTheConnection() throws IOException {
        listen(100, SHORT, SHORT);
        Socket socket = connect();
        String many = "GET /big HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100);
        boolean broken = false;
        for (int i = 0; i < 10_000 && !broken; i++) {
            try {
                write(socket, many);
            } catch (IOException e) {
                broken = true;
            }
        }
        assertThat(broken).isTrue();
        // What fits into the buffers between us, and not what was asked for.
        assertThat(served.get()).isLessThan(1000);
        assertThat(echo(connect())).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void silentConnectionsMakeRoomForOthers() throws Exception {
        listen(50, LONG, LONG);
        Socket working = connect();
        write(working, "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        await().atMost(Duration.ofSeconds(20)).until(() -> served.get() == 1);
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Socket socket = connect();
            silent.add(socket);
            if (i % 2 == 0) {
                write(socket, "POST /echo HTTP/1.1\r\nHost: x\r\nX: ");
            }
        }

        assertThat(echo(connect())).startsWith("HTTP/1.1 200 ");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        silent.stream().filter(HostileClientsTest::isOpen).count())
                .isLessThanOrEqualTo(50));
        // The one whose request was being worked on is not among those that went.
        slow.countDown();
        assertThat(new String(working.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 200 ");
    }

    private static boolean isOpen(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whenAllAreBusyTheNextIsTurnedAway() throws Exception {
        listen(5, LONG, LONG);
        List<Socket> busy = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            busy.add(connect());
            write(busy.getLast(), "GET /slow HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> served.get() == 5);

        assertThat(isOpenAfterAWhile(connect())).isFalse();

        slow.countDown();
        for (Socket socket : busy) {
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200 ");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> echo(connect()).startsWith("HTTP/1.1 200 "));
    }

    private static boolean isOpenAfterAWhile(Socket socket) {
        CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> {
            try {
                return socket.getInputStream().read() < 0;
            } catch (IOException e) {
                return true;
            }
        });
        return !ended.join();
    }
}
