// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static dev.carillon.server.api.ding.TestServer.CUSTOMER;
import static dev.carillon.server.api.ding.TestServer.KEY;
import static dev.carillon.server.api.ding.TestServer.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.CreateReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clients do that they should not, and what the official ones do that is odd. Longer than other classes: one small attack after the
 * other on one server.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpAttackTest {
    private static final UUID ID = UUID.fromString("0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20");
    private static final String PATH = "/v1/authentication";
    private static final int LIMIT = 64 * 1024;

    private final TestServer server = new TestServer();

    @BeforeEach
    void script() {
        server.verifications.create =
                () -> new CreateReply.Answered(ID, Optional.empty(), NOW, Optional.of(NOW.plusSeconds(600)));
        server.verifications.check = () -> new CheckReply.Answered(ID, CheckResult.INVALID);
    }

    /** Whatever a test sent, the next client is served. */
    @AfterEach
    void stillServes() {
        StrictDing.created(server.post(PATH, body("")));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aBodyOf64KiBIsRead() {
        StrictDing.created(server.post(PATH, padded(LIMIT)));
        StrictDing.created(chunked(padded(LIMIT)));
    }

    @Test
    void aByteMoreIsRefused() {
        StrictDing.refused(server.post(PATH, padded(LIMIT + 1)), "bad_request");
        StrictDing.refused(chunked(padded(LIMIT + 1)), "bad_request");
        StrictDing.refused(server.post(PATH, padded(200_000)), "bad_request");
        StrictDing.refused(chunked(padded(200_000)), "bad_request");
    }

    /** Were the connection closed at once, it would be reset, and a client that writes first might never see the answer. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 196608", "Transfer-Encoding: chunked"})
    void theRestOfWhatIsRefusedIsTaken(String length) throws IOException {
        boolean inChunks = length.endsWith("chunked");
        String spaces = " ".repeat(0x4000);
        byte[] part = (inChunks ? "4000\r\n" + spaces + "\r\n" : spaces).getBytes(ISO_8859_1);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head(length));
            for (int i = 0; i < 12; i++) {
                out.write(part);
                if (i == 4) {
                    assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 400 Bad Request");
                }
            }
            if (inChunks) {
                out.write("0\r\n\r\n".getBytes(ISO_8859_1));
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .contains("bad_request");
        }
    }

    @Test
    void tenMegabytesAreRefusedBeforeTheyAreRead() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: 10485760"));
            out.flush();
            assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    void tenMegabytesInChunksAreRefusedOnTheWay() throws IOException {
        byte[] chunk = ("4000\r\n" + " ".repeat(0x4000) + "\r\n").getBytes(ISO_8859_1);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked"));
            for (int i = 0; i < 5; i++) {
                out.write(chunk);
            }
            out.flush();
            assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 400 Bad Request");
            assertThat(writeUntilRefused(out, chunk, 10 * 1024 * 1024 / chunk.length))
                    .as("the connection was closed before all was taken")
                    .isTrue();
        }
    }

    @Test
    void oneHugeChunkIsRefusedBeforeItIsRead() {
        assertThat(server.raw(head("Transfer-Encoding: chunked"), "7fffffff\r\n{".getBytes(ISO_8859_1)))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void whatFollowsARefusedBodyIsNoRequest() {
        String smuggled = "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
        String answers =
                server.raw(head("Content-Length: " + (LIMIT + 1)), smuggled.getBytes(ISO_8859_1), new byte[LIMIT]);
        assertThat(answers).containsOnlyOnce("HTTP/1.1 ");
        answers = server.raw(head("Content-Length: 5\r\nConnection: close"), ("{} {}" + smuggled).getBytes(ISO_8859_1));
        assertThat(answers).containsOnlyOnce("HTTP/1.1 ");
        answers = server.raw(("POST /v1/check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + smuggled)
                .getBytes(ISO_8859_1));
        assertThat(answers).startsWith("HTTP/1.1 403").containsOnlyOnce("HTTP/1.1 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nContent-Length: 6",
                "Content-Length: -1",
                "Content-Length: x",
                "Content-Length: 99999999999999999999",
                "Content-Length: 2\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding:\u000bchunked",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding:",
                "Content-Length: 2, 2",
                "Content-Length: +2",
                "Content-Length: 0x2",
                "Content-Length: 2 2",
                "Content-Length:",
                "Content-Length: 2\r\nTransfer-Encoding : chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    void ambiguousLengthsAreRefused(String header) {
        String answers = server.raw(head(header), "0\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(answers).matches("(?s)HTTP/1\\.1 (400|501) .*").containsOnlyOnce("HTTP/1.1 ");
        assertJson(answers);
    }

    @Test
    void brokenChunksAreRefused() {
        int before = server.verifications.created.size();
        String size = Integer.toHexString(body("").length());
        for (String chunks : List.of(
                "zz\r\n" + body("") + "\r\n0\r\n\r\n",
                "-1\r\n",
                "\r\n",
                "+" + size + "\r\n" + body("") + "\r\n0\r\n\r\n",
                "0x" + size + "\r\n" + body("") + "\r\n0\r\n\r\n",
                " " + size + "\r\n" + body("") + "\r\n0\r\n\r\n",
                size + " \r\n" + body("") + "\r\n0\r\n\r\n",
                size + ";x=y\r\n" + body("") + "\r\n0\r\n\r\n",
                size + "\n" + body("") + "\n0\n\n",
                "1" + size + "\r\n" + body("") + "\r\n0\r\n\r\n",
                size + "\r\n" + body("") + "XX0\r\n\r\n",
                size + "\r\n" + body("") + "\n0\r\n\r\n",
                size + "\r\n" + body("") + "\r\n0\r\nTrailer: x\r\n\r\n",
                "FFFFFFFF\r\n",
                "100000000" + size + "\r\n" + body("") + "\r\n0\r\n\r\n")) {
            String answers = server.raw(head("Transfer-Encoding: chunked"), chunks.getBytes(ISO_8859_1));
            assertThat(answers).as(chunks).matches("(?s)(HTTP/1\\.1 400 .*)?");
        }
        assertThat(server.verifications.created).hasSize(before);
    }

    @Test
    void aBodyMayComeInChunksOfOneByte() {
        StringBuilder chunks = new StringBuilder();
        padded(20_000)
                .chars()
                .forEach(c -> chunks.append("1\r\n").append((char) c).append("\r\n"));
        String answer = server.raw(head("Transfer-Encoding: chunked"), (chunks + "0\r\n\r\n").getBytes(ISO_8859_1));
        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void aLineWithoutEndIsNotKept() throws IOException {
        byte[] zeros = "0".repeat(0x4000).getBytes(ISO_8859_1);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked"));
            assertThat(writeUntilRefused(out, zeros, 64 * 1024 * 1024 / zeros.length))
                    .as("the connection was closed before all was taken")
                    .isTrue();
        }
    }

    /** So that under load a refusal costs next to nothing. */
    @Test
    void overloadIsToldBeforeTheRequestIsRead() throws IOException {
        server.verifications.overloaded = true;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Content-Length: " + body("").length()));
            out.flush();
            InputStream in = socket.getInputStream();
            assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 503 Service Unavailable");
            // The same connection serves the next request, once the body has come.
            out.write(body("").getBytes(ISO_8859_1));
            server.verifications.overloaded = false;
            out.write(head("Connection: close\r\nContent-Length: " + body("").length()));
            out.write(body("").getBytes(ISO_8859_1));
            out.flush();
            String rest = new String(in.readAllBytes(), ISO_8859_1);
            assertThat(rest.toLowerCase(Locale.ROOT)).contains("retry-after: 1\r\n");
            assertThat(rest).contains("HTTP/1.1 200 OK");
        } finally {
            server.verifications.overloaded = false;
        }
    }

    @Test
    void aBodyThatEndsEarlyIsNoRequest() {
        int before = server.verifications.created.size();
        assertThat(server.raw(head("Content-Length: 500"), body("").getBytes(ISO_8859_1)))
                .isEmpty();
        assertThat(server.verifications.created).hasSize(before);
    }

    @Test
    void expectContinueIsAnsweredFirst() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(head("Expect: 100-continue\r\nContent-Length: " + body("").length()));
            out.flush();
            assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 100 Continue");
            out.write(body("").getBytes(ISO_8859_1));
            out.flush();
            assertThat(firstLine(socket)).isEmpty();
            assertThat(firstLine(socket)).isEqualTo("HTTP/1.1 200 OK");
        }
        assertThat(server.raw(head("Expect: 100-continue\r\nContent-Length: 70000")))
                .startsWith("HTTP/1.1 400 ")
                .doesNotContain("100 Continue");
    }

    @Test
    void theJavaClientOverCleartextAsksForH2cAndGetsHttp11() {
        HttpResponse<String> response = server.post(PATH, body(""));
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        String answer = server.raw("GET /v1/lookup/%2B33612345678 HTTP/1.1\r\nHost: x\r\nx-api-key: " + KEY
                + "\r\ncustomer-uuid: " + CUSTOMER
                + "\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAB\r\n"
                + "Content-Length: 0\r\ncookie: \r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("\"country_code\":\"FR\"");
    }

    @Test
    void http2WithPriorKnowledgeIsRefused() {
        assertThat(server.raw("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).doesNotContain("200 OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n",
                "GET /v1/check\r\n\r\n",
                "GET /v1/check HTTP/1.1\nHost: x\n\n",
                "GET /v1/check HTTP/1.1\rHost: x\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\nX: y\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\n: x\r\n\r\n",
                "GET /v1/check HTTP/1.1 x\r\nHost: x\r\n\r\n",
                "GET  /v1/check HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x:port\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\nbad name: x\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
                "GET /v1/<script> HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "G<T /v1/check HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void whatIsNotHttpIsRefusedInJson(String request) {
        String answer = server.raw(request);
        assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d .*").doesNotContain("script", "Exception", "\tat ");
        assertJson(answer);
    }

    @Test
    void hugeHeadersAndLinesAreRefused() {
        for (String request : List.of(
                "GET /v1/" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/check?" + "x=y&".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                "GET /v1/check HTTP/1.1\r\nHost: x\r\n" + "X: x\r\n".repeat(5_000) + "\r\n")) {
            assertThat(server.raw(request)).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/../v1/check",
                "/../../etc/passwd",
                "/v1/%2e%2e/check",
                "/v1/check%00",
                "/v1/check%2fx",
                "//v1/check",
                "/v1/authentication/../docs",
                "/v1/docs/%2e%2e%2f%2e%2e",
                "/v1;x=y/check",
                "/v1/./docs",
                "*"
            })
    void pathsAreTakenAsTheyAre(String path) {
        String answer = server.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 40[0345] .*");
        assertJson(answer);
    }

    @Test
    void requestIdsAreEchoedOnlyWhenSane() {
        assertThat(requestId("abc-123_XYZ~!")).isEqualTo("abc-123_XYZ~!");
        assertThat(requestId("x".repeat(128))).isEqualTo("x".repeat(128));
        for (String bad : List.of("", "x".repeat(129), "a b", "a\tb", "é", "\u007f", "a\u0080")) {
            assertThat(requestId(bad)).as(bad).matches("[0-9a-f]{32}");
        }
        assertThat(requestId("a\r\nX-Request-Id: b")).matches("[0-9a-f]{32}");
        assertThat(requestId("a\r\nX-Evil: 1")).isEqualTo("a");
        assertThat(server.raw("nonsense\r\n\r\n").toLowerCase(Locale.ROOT)).contains("x-request-id: ");
    }

    @Test
    void noServerHeaderAndNoCaching() {
        HttpResponse<String> response = server.post(PATH, body(""));
        assertThat(response.headers().firstValue("server")).isEmpty();
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    }

    @Test
    void aHundredAtOnceEachGetTheirOwn() throws Exception {
        List<Future<Boolean>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                int n = i;
                answers.add(threads.submit(() -> one(n)));
            }
        }
        for (Future<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
    }

    private boolean one(int n) {
        switch (n % 5) {
            case 0 -> StrictDing.created(server.post(PATH, body("")));
            case 1 -> StrictDing.refused(server.post(PATH, padded(LIMIT + n)), "bad_request");
            case 2 ->
                StrictDing.checked(server.post(
                        "/v1/check",
                        "{\"customer_uuid\":\"" + CUSTOMER + "\",\"authentication_uuid\":\"" + ID
                                + "\",\"check_code\":\"" + n + "\"}"));
            case 3 -> StrictDing.error(server.get("/v1/nothing/" + n), 404);
            default -> {
                HttpResponse<String> response = server.send(server.request("/v1/lookup/+0")
                        .header("X-Request-Id", "n" + n)
                        .GET());
                StrictDing.refused(response, "account_invalid");
                assertThat(response.headers().firstValue("X-Request-Id")).contains("n" + n);
            }
        }
        return true;
    }

    private HttpResponse<String> chunked(String body) {
        return server.send(server.request(PATH)
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(ISO_8859_1)))));
    }

    private String requestId(String given) {
        String answer = server.raw(
                "GET /v1/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: " + given + "\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1\\.1 40[04] .*").doesNotContain("X-Evil");
        return answer.replaceFirst("(?is).*\r\nx-request-id: ([^\r]*)\r\n.*", "$1");
    }

    private static boolean writeUntilRefused(OutputStream out, byte[] chunk, int times) {
        try {
            for (int i = 0; i < times; i++) {
                out.write(chunk);
                out.flush();
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void assertJson(String answer) {
        String json = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(StrictDing.parse(json).path("code").asText()).isNotBlank();
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-type: application/json\r\n");
    }

    private static byte[] head(String headers) {
        return ("POST /v1/authentication HTTP/1.1\r\nHost: x\r\nx-api-key: " + KEY + "\r\n" + headers + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    private static String firstLine(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static String padded(int length) {
        String body = body("");
        return body + " ".repeat(length - body.length());
    }

    private static String body(String more) {
        return "{\"customer_uuid\":\"" + CUSTOMER + "\",\"phone_number\":\"+33612345678\"" + more + "}";
    }
}
