// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Chromium lets a page do: one of an allowed origin signs in, another cannot even ask. */
class DynamicBrowserTest {
    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int PATIENCE_SECONDS = 60;

    /** Sends what the SDK does: a JSON body, cookies, and headers of its own, which need a preflight. */
    private static final String PAGE = """
            <!doctype html><script>
            const post = (operation, body) => fetch('API/api/v0/sdk/ENVIRONMENT/smsVerifications/' + operation, {
              method: 'POST',
              credentials: 'include',
              headers: {
                'content-type': 'application/json',
                'x-dyn-version': 'test',
                'x-dyn-request-id': 'abc',
                ...(operation === 'signin' && { 'x-dynamic-device-nonce': 'n' }),
              },
              body: JSON.stringify(body),
            });
            const report = (text) => navigator.sendBeacon('/report', text);
            (async () => {
              try {
                const phone = { phoneNumber: '5551234567', phoneCountryCode: '1', isoCountryCode: 'us' };
                const created = await post('create', phone);
                const { verificationUUID } = await created.json();
                const wrong = await post('signin', { verificationUUID, verificationToken: '000000' });
                const { code } = await wrong.json();
                const right = await post('signin', { verificationUUID, verificationToken: '424242' });
                const { user } = await right.json();
                report([created.status, created.headers.get('x-dyn-request-id'), code, right.status, user.phoneNumber].join());
              } catch (e) {
                report(e.name);
              }
            })();
            </script>
            """;

    @TempDir
    static Path folder;

    private static final BlockingQueue<String> REPORTS = new LinkedBlockingQueue<>();
    private static String browser = "";
    private static HttpServer pages;
    private static DynamicServer server;

    @BeforeAll
    static void start() throws IOException {
        Optional<String> program = program();
        assumeTrue(program.isPresent(), "SKIPPED: Chromium is missing, so CORS is not tested with a browser");
        browser = program.get();
        server = new DynamicServer(folder.resolve("data"));
        String page =
                PAGE.replace("API", server.api().toString()).replace("ENVIRONMENT", server.environment.toString());
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", exchange -> answer(exchange, page));
        pages.createContext("/report", exchange -> {
            REPORTS.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            answer(exchange, "");
        });
        pages.start();
        server.change(before ->
                DynamicServer.with(before, Set.of(origin("127.0.0.1")), Optional.of(DynamicServer.SANDBOX_CODE)));
    }

    @AfterAll
    static void stop() {
        if (!browser.isEmpty()) {
            pages.stop(0);
            server.close();
        }
    }

    @Test
    void aPageOfAnAllowedOriginSignsIn() throws IOException, InterruptedException {
        assertThat(visit(origin("127.0.0.1"))).isEqualTo("201,abc,wrong_sms_verification_token,200,+15551234567");
    }

    @Test
    void aPageOfAnotherOriginIsRefused() throws IOException, InterruptedException {
        assertThat(visit(origin("localhost"))).isEqualTo("TypeError");
    }

    private static String origin(String host) {
        return "http://" + host + ":" + pages.getAddress().getPort();
    }

    /** Opens a page; what it reports. */
    private static String visit(String address) throws IOException, InterruptedException {
        Path log = folder.resolve("chromium.log");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless=new",
                        "--no-sandbox", // refuses to run as root with it
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        // It would look for its maker's hosts.
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-quic",
                        "--no-proxy-server",
                        "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
                        address + "/")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            String report = REPORTS.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(report).as(() -> read(log)).isNotNull();
            return report;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
    }

    private static Optional<String> program() {
        String path = System.getenv().getOrDefault("PATH", "");
        return PROGRAMS.stream()
                .filter(name -> Arrays.stream(path.split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))))
                .findFirst();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log";
        }
    }

    private static void answer(HttpExchange exchange, String page) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
