// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static dev.carillon.server.app.DynamicCalls.PHONE;
import static dev.carillon.server.app.DynamicCalls.json;
import static dev.carillon.server.app.DynamicCalls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captchas of the Dynamic endpoints through the whole server, with a provider on this machine. */
class DynamicCaptchaTest {
    private static final String SILENCE = "silence";

    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static final CountDownLatch END = new CountDownLatch(1);

    @TempDir
    static Path folder;

    private static volatile String verdict = "";
    private static HttpServer provider;
    private static ExecutorService threads;
    private static HttpCalls toProvider;
    private static DynamicServer server;
    private static DynamicCalls calls;

    @BeforeEach
    void forget() {
        ASKED.clear();
    }

    @BeforeAll
    static void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newVirtualThreadPerTaskExecutor();
        provider.setExecutor(threads);
        provider.createContext("/", exchange -> {
            ASKED.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (verdict.equals(SILENCE)) {
                try {
                    END.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            byte[] body = verdict.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
        URI here = URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/");
        toProvider = JdkHttpCalls.of(Duration.ofSeconds(2));
        HttpCalls redirected = call -> {
            assertThat(call.url()).hasToString("https://challenges.cloudflare.com/turnstile/v0/siteverify");
            return toProvider.send(new HttpCall(call.method(), here, call.headers(), call.body()));
        };
        server = new DynamicServer(folder, Map.of("trusted-proxies", "127.0.0.1"), redirected);
        calls = new DynamicCalls(server);
    }

    @AfterAll
    static void stop() {
        END.countDown();
        calls.close();
        server.close();
        toProvider.close();
        provider.stop(0);
        threads.shutdownNow();
    }

    private static String verdict(String host, String action) {
        return "{\"success\":true,\"challenge_ts\":\"%s\",\"hostname\":\"%s\",\"action\":\"%s\",\"error-codes\":[]}"
                .formatted(Instant.now(), host, action);
    }

    private HttpResponse<String> create(UUID environment, int number, String token)
            throws IOException, InterruptedException {
        return calls.post(
                environment,
                "create",
                "{" + PHONE.formatted("415555" + (3000 + number)) + ",\"captchaToken\":\"" + token + "\"}");
    }

    @Test
    void aProvidersPassIsAskedForAndGoodOnce() throws Exception {
        verdict = verdict("app.example.com", "login");
        var first = create(server.turnstile, 1, "t&1");
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        assertThat(ASKED).hasSize(1);
        assertThat(ASKED.getFirst()).matches("secret=s%26cret&response=t%261&remoteip=2001%3Adb8%3A0%3A[0-9a-f%A]+1");
        // The provider may be wrong about what was used, and another node may have used it.
        var again = create(server.turnstile, 2, "t&1");
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(json(again)).isEqualTo(json("{\"error\":\"captchaToken was used before\"}"));
        // A client that sends it along with the code is not asked to solve another.
        var signedIn = calls.post(
                server.turnstile,
                "signin",
                signIn(json(first).path("verificationUUID").asText()).replace("{", "{\"captchaToken\":\"t&1\","));
        assertThat(json(signedIn).path("code").asText()).isEqualTo("wrong_sms_verification_token");
        assertThat(ASKED).hasSize(2);
    }

    @Test
    void whatIsNoPassIsRefusedAndNothingIsSent() throws Exception {
        for (String refusing : List.of(
                "{\"success\":false,\"error-codes\":[\"timeout-or-duplicate\"]}",
                verdict("evil.test", "login"),
                verdict("app.example.com", "signup"))) {
            verdict = refusing;
            var answer = create(server.turnstile, 3, "t" + refusing.hashCode());
            assertThat(answer.statusCode()).as(refusing).isEqualTo(400);
            assertThat(json(answer).path("error").asText()).startsWith("captchaToken");
        }
        int before = ASKED.size();
        for (String token : new String[] {"", "x".repeat(9000)}) {
            assertThat(create(server.turnstile, 3, token).statusCode()).isEqualTo(400);
        }
        var missing = calls.post(server.turnstile, "create", "{" + PHONE.formatted("4155553003") + "}");
        assertThat(json(missing)).isEqualTo(json("{\"error\":\"captchaToken is required\"}"));
        assertThat(ASKED).as("nobody is asked about what cannot be right").hasSize(before);
        assertThat(calls.send(HttpRequest.newBuilder(
                                URI.create(server.admin() + "/simulator/messages?to=%2B14155553003")))
                        .body())
                .isEqualTo("[]");
    }

    @Test
    void whenNobodyCanSayItIsNoPassAndOurFault() throws Exception {
        for (String nonsense : List.of("", "<html>", "{\"success\":\"true\"}", SILENCE)) {
            verdict = nonsense;
            var answer = create(server.turnstile, 4, "t" + nonsense.length());
            assertThat(answer.statusCode()).as(nonsense).isEqualTo(500);
            assertThat(json(answer))
                    .isEqualTo(json("{\"error\":\"The captcha could not be checked. Please try again.\"}"));
            assertThat(answer.body()).doesNotContain(DynamicServer.CAPTCHA_SECRET);
        }
    }

    @Test
    void proofOfWorkIsTakenOnce() throws Exception {
        String solution = solve(json(calls.get(server.guarded, "/captcha/challenge")));
        var first = create(server.guarded, 5, solution);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        var again = create(server.guarded, 6, solution);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(json(again).path("error").asText()).isEqualTo("captchaToken was used before");
        // The same JSON in another dress is the same answer.
        String spaced = new String(Base64.getDecoder().decode(solution), StandardCharsets.UTF_8).replace(",", " ,");
        var dressed =
                create(server.guarded, 6, Base64.getEncoder().encodeToString(spaced.getBytes(StandardCharsets.UTF_8)));
        assertThat(dressed.statusCode()).isEqualTo(400);
        // The official client retries without one; what is there is checked.
        String retry = "{\"verificationUUID\":\""
                + json(first).path("verificationUUID").asText() + "\"," + PHONE.formatted("4155553005");
        assertThat(calls.post(server.guarded, "retry", retry + "}").statusCode())
                .isIn(201, 422);
        var wrong = calls.post(server.guarded, "retry", retry + ",\"captchaToken\":\"x\"}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(ASKED).isEmpty();
    }

    @Test
    void onlyWhoAsksForProofOfWorkHasChallenges() throws Exception {
        assertThat(calls.get(server.turnstile, "/captcha/challenge").statusCode())
                .isEqualTo(404);
        assertThat(calls.get(server.environment, "/captcha/challenge").statusCode())
                .isEqualTo(404);
    }

    private static String solve(JsonNode challenge) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        String salt = challenge.path("salt").asText();
        int number = 0;
        while (!HexFormat.of()
                .formatHex(sha256.digest((salt + number).getBytes(StandardCharsets.UTF_8)))
                .equals(challenge.path("challenge").asText())) {
            number++;
        }
        String answer =
                "{\"algorithm\":\"SHA-256\",\"challenge\":\"%s\",\"number\":%d,\"salt\":\"%s\",\"signature\":\"%s\"}"
                        .formatted(
                                challenge.path("challenge").asText(),
                                number,
                                salt,
                                challenge.path("signature").asText());
        return Base64.getEncoder().encodeToString(answer.getBytes(StandardCharsets.UTF_8));
    }
}
