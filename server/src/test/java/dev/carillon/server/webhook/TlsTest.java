// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A receiver is believed to be who it is only by a certificate of its name that a trusted authority has signed. */
@Timeout(120)
class TlsTest {
    private static final String REFUSED =
            "TLS failed: the certificate is not of this host, is not trusted or has run out, or it is no TLS";

    @TempDir
    static Path folder;

    private static final AtomicInteger received = new AtomicInteger();
    private static final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private static TestCertificate right;
    private static TestCertificate wrong;
    private static HttpsServer rightServer;
    private static HttpsServer wrongServer;

    @BeforeAll
    static void startReceivers() throws Exception {
        right = TestCertificate.of("hooks.example", folder);
        wrong = TestCertificate.of("other.example", folder);
        rightServer = serve(right);
        wrongServer = serve(wrong);
    }

    @AfterAll
    static void stopReceivers() {
        rightServer.stop(0);
        wrongServer.stop(0);
        threads.shutdownNow();
    }

    private static HttpsServer serve(TestCertificate certificate) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            received.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Calls a receiver under the name hooks.example, wherever it is. */
    private static Optional<String> post(HttpsServer receiver, SSLContext tls) {
        received.set(0);
        PublicNames names = new PublicNames(
                new AddressRules(Cidr.parseList("127.0.0.0/8")),
                _ -> new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")},
                Duration.ofSeconds(30),
                4);
        String url = "https://hooks.example:" + receiver.getAddress().getPort() + "/";
        try (HttpPoster poster = new HttpPoster(names, tls, Duration.ofSeconds(30), 4)) {
            return poster.post(url, Map.of(), new byte[] {'{', '}'});
        }
    }

    @Test
    void aCertificateOfItsNameByATrustedAuthorityWillDo() {
        assertThat(post(rightServer, TrustedAuthorities.with(Optional.of(right.pem()))))
                .isEmpty();
        assertThat(received).hasValue(1);
    }

    @Test
    void oneOfAnotherNameWillNot() {
        assertThat(post(wrongServer, TrustedAuthorities.with(Optional.of(wrong.pem()))))
                .contains(REFUSED);
        assertThat(received).hasValue(0);
    }

    @Test
    void oneThatNobodyTrustsWillNot() {
        assertThat(post(rightServer, TrustedAuthorities.with(Optional.empty()))).contains(REFUSED);
        assertThat(post(rightServer, TrustedAuthorities.with(Optional.of(wrong.pem()))))
                .contains(REFUSED);
        assertThat(received).hasValue(0);
    }

    @Test
    void theOperatorsAuthoritiesComeBesideTheOthers() throws Exception {
        Path both = Files.writeString(
                folder.resolve("both.pem"), Files.readString(wrong.pem()) + Files.readString(right.pem()));
        assertThat(post(rightServer, TrustedAuthorities.with(Optional.of(both))))
                .isEmpty();
        TrustManagerFactory standard = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        standard.init((KeyStore) null);
        int known = ((X509TrustManager) standard.getTrustManagers()[0]).getAcceptedIssuers().length;
        assertThat(TrustedAuthorities.together(both).size()).isEqualTo(known + 2);
    }

    @Test
    void aFileWithoutCertificatesIsNoSetting() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nx\n");
        for (Path file : new Path[] {empty, garbage, folder.resolve("missing.pem")}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TrustedAuthorities.with(Optional.of(file)))
                    .withMessage(file + " is not a file of PEM certificates");
        }
    }
}
