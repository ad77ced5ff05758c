// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    private static final ErrorShape ERRORS = (status, message) -> Answer.json(status, "error", "{}".getBytes(UTF_8));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POST /x HT",
                "POST /x HTTP/1.1\r\nHost: x\r\n",
                "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{",
                "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
                "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void aRequestThatDoesNotArriveEndsItsConnection(String start) throws IOException {
        Route route = new Route(Method.POST, "/x", "x", request -> Answer.json(200, "ok", request.body()));
        Contracts contracts = new Contracts(new ContractService(List.of(route), ERRORS, RequestMetrics.NONE));
        Duration timeout = Duration.ofMillis(400);
        Listener.Settings settings = new Listener.Settings("127.0.0.1", 0, 100, timeout, timeout);
        try (Listener listener = Listener.start(settings, contracts, ERRORS, RequestMetrics.NONE);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(start.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();

            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(answer).doesNotContain("200 OK");
        }
    }

    /** Whoever has not noticed yet is served, on this connection and on new ones, and asked to go. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /x HTTP/1.1\r\nHost: x\r\n\r\n", "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"})
    void whileItIsDrainedItAnswersAndClosesConnections(String request) throws IOException {
        Route route = new Route(Method.GET, "/x", "x", _ -> Answer.json(200, "ok", "{}".getBytes(UTF_8)));
        Contracts contracts = new Contracts(new ContractService(List.of(route), ERRORS, RequestMetrics.NONE));
        try (Listener listener =
                        Listener.start(new Listener.Settings("127.0.0.1", 0), contracts, ERRORS, RequestMetrics.NONE);
                Socket before = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            before.setSoTimeout(15_000);
            before.getOutputStream().write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            assertThat(before.getInputStream().read()).isPositive();
            listener.drain();

            before.getOutputStream().write(request.getBytes(ISO_8859_1));
            assertThat(new String(before.getInputStream().readAllBytes(), ISO_8859_1))
                    .containsOnlyOnce("Connection: close");
            try (Socket after = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                after.setSoTimeout(15_000);
                after.getOutputStream().write(request.getBytes(ISO_8859_1));
                assertThat(new String(after.getInputStream().readAllBytes(), ISO_8859_1))
                        .startsWith("HTTP/1.1 " + (request.startsWith("GET /x ") ? "200" : "404"))
                        .contains("Connection: close");
            }
        }
    }

    /** As when the listener stops, and takes the thread for one that waits for a request. */
    @Test
    void aRequestWhoseThreadIsInterruptedIsAnswered() throws IOException {
        Route route = new Route(Method.GET, "/x", "x", request -> {
            Thread.currentThread().interrupt();
            return Answer.json(200, "ok", "{}".getBytes(UTF_8));
        });
        Contracts contracts = new Contracts(new ContractService(List.of(route), ERRORS, RequestMetrics.NONE));
        Listener.Settings settings = new Listener.Settings("127.0.0.1", 0);
        try (Listener listener = Listener.start(settings, contracts, ERRORS, RequestMetrics.NONE);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
            socket.getOutputStream().flush();

            // The thread that stays marked closes the connection when it waits for the next request.
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);

            assertThat(answer).contains("200 OK").endsWith("{}");
        }
    }

    @Test
    void aPortThatIsTakenIsAnError() {
        Listener.Settings free = new Listener.Settings("127.0.0.1", 0);
        try (Listener first = Listener.start(free, HttpRouting.builder(), ERRORS, RequestMetrics.NONE)) {
            Listener.Settings taken = new Listener.Settings("127.0.0.1", first.port());
            assertThatThrownBy(() -> Listener.start(taken, HttpRouting.builder(), ERRORS, RequestMetrics.NONE))
                    .isInstanceOf(RuntimeException.class);
        }
    }
}
