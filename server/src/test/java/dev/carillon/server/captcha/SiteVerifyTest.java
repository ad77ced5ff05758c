// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import dev.carillon.server.directory.CaptchaProvider;
import dev.carillon.server.directory.CaptchaSettings;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import dev.carillon.server.secret.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteVerifyTest {
    private static final Environment ENVIRONMENT = new Environment(
            new UUID(1, 2),
            "app",
            Set.of("https://app.example.com"),
            Optional.empty(),
            Duration.ofHours(1),
            Optional.empty(),
            true,
            List.of(new SigningKey("k", TokenAlgorithm.RS256, "{}", Instant.EPOCH)));

    private final TestClock clock = new TestClock();
    private final CountDownLatch silence = new CountDownLatch(1);
    private HttpServer provider;
    private HttpCalls calls;
    private SiteVerify siteVerify;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile String asked = "";
    private volatile boolean silent;

    @BeforeEach
    void start() throws IOException {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.createContext("/siteverify", exchange -> {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (silent) {
                try {
                    silence.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        provider.start();
        calls = JdkHttpCalls.of(Duration.ofSeconds(2));
        URI address = URI.create("http://127.0.0.1:" + provider.getAddress().getPort() + "/siteverify");
        siteVerify = new SiteVerify(
                calls,
                Map.of(
                        CaptchaProvider.HCAPTCHA,
                        address,
                        CaptchaProvider.TURNSTILE,
                        address,
                        CaptchaProvider.RECAPTCHA,
                        address),
                clock);
    }

    @AfterEach
    void stop() {
        silence.countDown();
        calls.close();
        provider.stop(0);
    }

    private Verdict check(CaptchaProvider kind, String body) {
        answer = body;
        CaptchaSettings captcha = new CaptchaSettings(
                kind, "site", "s&cret", kind == CaptchaProvider.HCAPTCHA ? Optional.empty() : Optional.of("login"));
        return siteVerify.check(ENVIRONMENT, captcha, "to+ken", "192.0.2.1");
    }

    private String good(String more) {
        return "{\"success\":true,\"hostname\":\"app.example.com\",\"action\":\"login\",\"challenge_ts\":\""
                + clock.instant() + "\"" + more + "}";
    }

    @ParameterizedTest
    @EnumSource(names = {"HCAPTCHA", "TURNSTILE", "RECAPTCHA"})
    void whatTheProviderAcceptsPasses(CaptchaProvider kind) {
        assertThat(check(kind, good(""))).isEqualTo(new Verdict.Passed("to+ken"));
        assertThat(asked).startsWith("secret=s%26cret&response=to%2Bken&remoteip=192.0.2.1");
        assertThat(asked.contains("&sitekey=site")).isEqualTo(kind == CaptchaProvider.HCAPTCHA);
    }

    @Test
    void whatWasMadeForSomethingElseIsRefused() {
        for (String body : List.of(
                good("").replace("app.example.com", "evil.test"),
                good("").replace("app.example.com", "APP.example.com.evil.test"),
                good("").replace("\"hostname\":\"app.example.com\",", ""),
                good("").replace("\"app.example.com\"", "null"),
                good("").replace("login", "signup"),
                good("").replace(",\"action\":\"login\"", ""),
                good(",\"score\":0.3"),
                good("").replace(
                                clock.instant().toString(),
                                clock.instant().minusSeconds(301).toString()),
                "{\"success\":false,\"error-codes\":[\"timeout-or-duplicate\"]}",
                "{\"success\":false,\"error-codes\":[\"already-seen-response\"]}",
                "{\"success\":false}")) {
            assertThat(check(CaptchaProvider.RECAPTCHA, body)).as(body).isInstanceOf(Verdict.Refused.class);
        }
        assertThat(check(CaptchaProvider.HCAPTCHA, good(",\"score\":0.3"))).isEqualTo(new Verdict.Passed("to+ken"));
    }

    /** An app is on no page: the provider has compared its package's name. */
    @Test
    void anAppOfRecaptchaNamesItsPackageInstead() {
        String app = good("").replace("\"hostname\":\"app.example.com\"", "\"apk_package_name\":\"com.example\"");
        assertThat(check(CaptchaProvider.RECAPTCHA, app)).isEqualTo(new Verdict.Passed("to+ken"));
        assertThat(check(CaptchaProvider.TURNSTILE, app)).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"success\":\"true\"}",
                "{\"success\":1}",
                "{\"success\":false,\"error-codes\":[\"invalid-input-secret\"]}"
            })
    void whatNobodyCanSayIsNoPass(String body) {
        assertThat(check(CaptchaProvider.TURNSTILE, body)).isEqualTo(new Verdict.Unknown());
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 302, 400, 500, 503})
    void anotherStatusIsNoPass(int other) {
        status = other;
        assertThat(check(CaptchaProvider.TURNSTILE, good(""))).isEqualTo(new Verdict.Unknown());
    }

    @Test
    void silenceIsNoPass() {
        silent = true;
        assertThat(check(CaptchaProvider.TURNSTILE, good(""))).isEqualTo(new Verdict.Unknown());
    }
}
