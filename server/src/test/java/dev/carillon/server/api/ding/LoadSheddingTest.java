// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static dev.carillon.server.api.ding.TestServer.CUSTOMER;
import static dev.carillon.server.api.ding.TestServer.KEY;
import static dev.carillon.server.api.ding.TestServer.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.verification.CreateReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creates that are refused before they are parsed: nobody can tell, but for how little it costs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadSheddingTest {
    private static final UUID ID = UUID.fromString("0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20");
    private static final String BODY = "{\"customer_uuid\":\"" + CUSTOMER + "\",\"phone_number\":\"+33612345678\"}";
    private static final String LENGTH = "Content-Length: " + BODY.length() + "\r\n";
    private static final String HOST = "Host: verify.example\r\n";
    private static final String KEYED = "x-api-key: " + KEY + "\r\n";
    private static final String CREATE = "POST /v1/authentication HTTP/1.1\r\n";
    /** As the load of benchmarks and most clients have it. */
    private static final String PLAIN =
            CREATE + HOST + KEYED + "Content-Type: application/json\r\n" + LENGTH + "\r\n" + BODY;

    private static final String LAST = CREATE + HOST + KEYED + LENGTH + "Connection: close\r\n\r\n" + BODY;

    private final TestServer server = new TestServer();

    @BeforeEach
    void script() {
        server.verifications.overloaded = true;
        server.verifications.create =
                () -> new CreateReply.Answered(ID, Optional.empty(), NOW, Optional.of(NOW.plusSeconds(600)));
        server.counted.clear();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** A status line, headers by their names in small letters, and a body. */
    private record Told(String status, TreeMap<String, String> headers, String body) {
        static Told of(String answer) {
            String[] parts = answer.split("\r\n\r\n", 2);
            List<String> head = List.of(parts[0].split("\r\n"));
            TreeMap<String, String> headers = new TreeMap<>();
            head.stream().skip(1).forEach(line -> {
                String[] field = line.split(": ", 2);
                assertThat(headers.put(field[0].toLowerCase(Locale.ROOT), field[1]))
                        .isNull();
            });
            return new Told(head.getFirst(), headers, parts[1]);
        }
    }

    @Test
    void theAnswerIsTheOneOfTheEndpoint() {
        Told shed = Told.of(server.raw(PLAIN));
        // What asks for something in the answer goes the usual way.
        Told usual = Told.of(server.raw(PLAIN.replace(HOST, HOST + "X-Request-Id: mine\r\n")));

        assertThat(shed.status()).isEqualTo("HTTP/1.1 503 Service Unavailable").isEqualTo(usual.status());
        assertThat(shed.body()).isEqualTo(usual.body());
        assertThat(shed.headers().keySet()).isEqualTo(usual.headers().keySet());
        assertThat(shed.headers().get("x-request-id")).matches("[0-9a-f]{32}");
        assertThat(usual.headers()).containsEntry("x-request-id", "mine");
        for (String name : List.of("content-type", "content-length", "cache-control", "retry-after", "connection")) {
            assertThat(shed.headers()).containsEntry(name, usual.headers().get(name));
        }
        assertThat(shed.headers().get("date")).endsWith(" GMT");
        Awaitility.await()
                .until(() -> server.counted.equals(List.of(
                        new TestServer.Counted("create", 503, "internal_server_error"),
                        new TestServer.Counted("create", 503, "internal_server_error"))));
    }

    @Test
    void aConnectionServesWhatComesNext() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 3; i++) {
                out.write(bytes(PLAIN));
                assertThat(next(socket)).startsWith("HTTP/1.1 503 ");
            }
            server.verifications.overloaded = false;
            out.write(bytes(PLAIN));
            assertThat(next(socket)).startsWith("HTTP/1.1 200 ");
            server.verifications.overloaded = true;
            out.write(bytes(PLAIN));
            assertThat(next(socket)).startsWith("HTTP/1.1 503 ");
            out.write(bytes(LAST));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("onnection: close");
        }
    }

    /** One answer, by its length. */
    private static String next(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        String text = head.toString().toLowerCase(Locale.ROOT);
        int at = text.indexOf("content-length: ") + "content-length: ".length();
        int length = Integer.parseInt(text.substring(at, text.indexOf('\r', at)));
        return head + new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    }

    /** Who may not ask is told so, and what is no create is looked at by nobody. */
    @Test
    void onlyWhoWouldBeRefusedIs() {
        assertThat(server.raw(PLAIN.replace(KEY, "ck_other"))).startsWith("HTTP/1.1 403 ");
        assertThat(server.raw(PLAIN.replace(KEYED, ""))).startsWith("HTTP/1.1 403 ");
        assertThat(server.raw(PLAIN.replace(KEYED, KEYED + KEYED))).startsWith("HTTP/1.1 403 ");
        assertThat(server.raw(PLAIN.replace(HOST, ""))).startsWith("HTTP/1.1 400 ");
        assertThat(server.raw(PLAIN.replace("POST", "PUT"))).startsWith("HTTP/1.1 405 ");
        assertThat(server.raw(PLAIN.replace("authentication ", "authentication/ ")))
                .startsWith("HTTP/1.1 40");
        assertThat(server.raw("GET /v1/openapi.yaml HTTP/1.1\r\n" + HOST + "\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    /** What one reader could take for two requests, or for another one, is for Helidon to judge: nothing is answered twice. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n",
                "Content-Length: 5\r\n",
                "Content-Length : 5\r\n",
                " folded: x\r\n",
                "X: a\nTransfer-Encoding: chunked\r\n",
                "X: a\rY: b\r\n",
                "X\u0000: a\r\n",
                ": a\r\n",
                "no colon\r\n",
                "Expect: nothing\r\n",
                "Connection: close\r\n",
                "Connection: keep-alive, close\r\n"
            })
    void whatIsNotPlainGoesTheUsualWay(String line) {
        String answer = server.raw(PLAIN.replace(HOST, HOST + line));
        server.verifications.overloaded = false;
        String idle = server.raw(PLAIN.replace(HOST, HOST + line));

        assertThat(count(answer)).isEqualTo(count(idle));
        boolean refusedForOverload = answer.contains(" 503 ") && idle.contains(" 200 ");
        assertThat(refusedForOverload || status(answer).equals(status(idle)))
                .as(answer + "\n" + idle)
                .isTrue();
    }

    private static String status(String answer) {
        return answer.isEmpty() ? "" : answer.substring(0, answer.indexOf('\r'));
    }

    private static long count(String answers) {
        return Arrays.stream(answers.split("HTTP/1.1 ", -1)).count() - 1;
    }

    @Test
    void twoInOnePieceAreTwo() {
        assertThat(count(server.raw(PLAIN + LAST))).isEqualTo(2);
        assertThat(count(server.raw(PLAIN + PLAIN + PLAIN))).isEqualTo(3);
    }

    /** A request that looks like one and stands in another's body, or behind the beginning of another, is none. */
    @Test
    void whatStandsInTheMiddleIsNoBeginning() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            String head =
                    "POST /v1/check HTTP/1.1\r\n" + HOST + KEYED + "Expect: 100-continue\r\nConnection: close\r\n";
            out.write((head + "Content-Length: " + PLAIN.length() + "\r\n\r\n").getBytes(ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes("HTTP/1.1 100".length()), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100");
            out.write(bytes(PLAIN));
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .contains("HTTP/1.1 400 ")
                    .doesNotContain(" 503 ");
        }
        assertThat(server.raw(bytes("GET /"), bytes(PLAIN))).doesNotContain(" 503 ");
        assertThat(server.raw(bytes("GET /v1/docs HTTP/1.1\r\n" + HOST + "\r\nGET /"), bytes(PLAIN)))
                .doesNotContain(" 503 ");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
