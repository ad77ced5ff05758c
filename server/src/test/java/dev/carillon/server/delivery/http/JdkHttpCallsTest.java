// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.carillon.server.delivery.SendResult;
import dev.carillon.server.delivery.http.ProviderFixture.Recorded;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkHttpCallsTest {
    private final ProviderFixture provider = new ProviderFixture();
    private final JdkHttpCalls calls = JdkHttpCalls.of(Duration.ofSeconds(20));
    private final JdkHttpCalls hurried = JdkHttpCalls.of(Duration.ofMillis(300));

    @AfterEach
    void close() {
        calls.close();
        hurried.close();
        provider.close();
    }

    @Test
    void aRequestArrivesAsItWasMadeAndSoDoesItsAnswer() throws Exception {
        provider.answer(new ProviderFixture.Whole(201, "text/plain; charset=utf-8", "größer"));

        HttpReply reply = calls.send(HttpCall.post(at("/messages?a=b%20c"), "application/json", "{\"é\":1}")
                .with("X-Key", "k"));

        Recorded request = provider.request();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/messages");
        assertThat(request.query()).isEqualTo("a=b%20c");
        assertThat(request.header("X-Key")).isEqualTo("k");
        assertThat(request.header("Content-Type")).isEqualTo("application/json");
        assertThat(request.body()).isEqualTo("{\"é\":1}");
        assertThat(request.headers()).doesNotContainKeys("upgrade", "http2-settings");
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.body()).isEqualTo("größer");
        assertThat(reply.headers()).containsEntry("content-type", List.of("text/plain; charset=utf-8"));
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        provider.answer(new ProviderFixture.Whole(302, "text/plain", "elsewhere"));

        assertThat(calls.send(HttpCall.get(at("/"))).status()).isEqualTo(302);
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void whatCannotConnectDidNotArrive() throws Exception {
        URI url = at("/");
        provider.close();

        assertThat(failure(calls, HttpCall.post(url, "text/plain", "x")).result())
                .isInstanceOf(SendResult.Fault.class);
        assertThat(failure(calls, HttpCall.get(url)).result()).isInstanceOf(SendResult.Fault.class);
        assertThat(failure(calls, HttpCall.get(URI.create("http://no-such-host.invalid/")))
                        .result())
                .isEqualTo(new SendResult.Fault("no connection: the host is not known"));
    }

    @Test
    void whatNeverGetsThroughTheHandshakeDidNotArrive() throws Exception {
        // Takes connections and says nothing: whoever waits for a TLS handshake waits for ever.
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/");

            assertThat(failure(hurried, HttpCall.post(url, "text/plain", "x")).result())
                    .isInstanceOf(SendResult.Fault.class);
        }
    }

    @Test
    void aPeerThatDoesNotSpeakTlsGotNothing() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> answering = executor.submit(() -> {
                try (var socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
                return null;
            });
            URI url = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/");

            assertThat(failure(calls, HttpCall.post(url, "text/plain", "x")).result())
                    .isInstanceOf(SendResult.Fault.class);
            answering.cancel(true);
        }
    }

    @Test
    void whatHasNoAnswerInTimeMayHaveArrived() {
        provider.answer(new ProviderFixture.Hang());

        assertThat(failure(hurried, HttpCall.post(at("/"), "text/plain", "x")).result())
                .isEqualTo(new SendResult.Unknown("no answer within 300 ms"));
    }

    @Test
    void aDropMayHaveArrivedAndIsNotTriedAgain() {
        provider.answer(new ProviderFixture.Drop());

        assertThat(failure(calls, HttpCall.post(at("/"), "text/plain", "x")).result())
                .isEqualTo(new SendResult.Unknown("the connection broke"));
        assertThat(provider.requests()).hasSize(1);
    }

    @Test
    void aTruncatedAnswerMayHaveArrived() {
        provider.answer(new ProviderFixture.Truncated(200, "text/plain", "half of i"));

        assertThat(failure(calls, HttpCall.post(at("/"), "text/plain", "x")).result())
                .isInstanceOf(SendResult.Unknown.class);
    }

    @Test
    void anAnswerMustEndInTimeToo() {
        provider.answer(new ProviderFixture.Stalled(200, "text/plain", "half of i"));

        assertThat(failure(hurried, HttpCall.post(at("/"), "text/plain", "x")).result())
                .isEqualTo(new SendResult.Unknown("no answer within 300 ms"));
    }

    @Test
    void nothingIsSentToAHostWhoseCertificateNobodyVouchesFor(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(selfSigned(folder)));
        server.start();
        try {
            URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
            assertThat(failure(calls, HttpCall.post(url, "text/plain", "x")).result())
                    .isEqualTo(new SendResult.Fault("the TLS handshake failed"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void answersAreBounded() throws Exception {
        provider.answer(new ProviderFixture.Whole(200, "text/plain", "x".repeat(JdkHttpCalls.MAX_ANSWER)));
        assertThat(calls.send(HttpCall.get(at("/"))).body()).hasSize(JdkHttpCalls.MAX_ANSWER);

        provider.answer(new ProviderFixture.Whole(200, "text/plain", "x".repeat(JdkHttpCalls.MAX_ANSWER + 1)));
        assertThat(failure(calls, HttpCall.post(at("/"), "text/plain", "x")).result())
                .isEqualTo(new SendResult.Unknown("the answer is longer than 256 KiB"));
    }

    @Test
    void aHeaderThatCannotBeSentIsAFault() {
        assertThat(failure(calls, HttpCall.get(at("/")).with("X-Key", "a\r\nb")).result())
                .isInstanceOf(SendResult.Fault.class);
        assertThat(failure(calls, HttpCall.get(at("/")).with("Content-Length", "7"))
                        .result())
                .isInstanceOf(SendResult.Fault.class);
    }

    @Test
    void anInterruptEndsTheWaiting() throws IOException, InterruptedException {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        provider.answer(request -> {
            arrived.complete(null);
            return new ProviderFixture.Hang();
        });
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                calls.send(HttpCall.get(at("/")));
            } catch (InterruptedException | CallFailedException e) {
                end.complete(e);
            }
        });
        arrived.join();
        caller.interrupt();

        assertThat(end.join()).isInstanceOf(InterruptedException.class);
        caller.join();
    }

    private static SSLContext selfSigned(Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        String password = "changeit";
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        password,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(file.toFile(), password.toCharArray()), password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private URI at(String path) {
        return URI.create(provider.url() + path);
    }

    private static CallFailedException failure(HttpCalls calls, HttpCall call) {
        return catchThrowableOfType(CallFailedException.class, () -> calls.send(call));
    }
}
