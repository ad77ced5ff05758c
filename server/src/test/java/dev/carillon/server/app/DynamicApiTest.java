// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.server.directory.Environment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the official client does not show: CORS, captcha, forged tokens, malformed requests, keys that change. */
class DynamicApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SANDBOX_PHONE =
            "\"phoneNumber\":\"555-%s\",\"phoneCountryCode\":\"+1\",\"isoCountryCode\":\"us\"";

    @TempDir
    static Path folder;

    private static DynamicServer server;
    private static HttpClient http;
    private static int addresses;

    @BeforeAll
    static void start() {
        server = new DynamicServer(folder);
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    @Test
    void aPreflightOfAnAllowedOriginTellsWhatMayBeSent() throws Exception {
        var answer = preflight(DynamicServer.ORIGIN);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().map())
                .containsEntry("access-control-allow-origin", List.of(DynamicServer.ORIGIN))
                .containsEntry("access-control-allow-credentials", List.of("true"))
                .containsEntry("access-control-allow-methods", List.of("POST, OPTIONS"))
                .containsEntry("vary", List.of("Origin"));
        assertThat(answer.headers().firstValue("access-control-allow-headers").orElseThrow())
                .contains("authorization", "content-type", "x-dyn-version", "x-dynamic-device-signed-nonce");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com.evil.test",
                "http://app.example.com",
                "null",
                "https://app.example.com:444"
            })
    void anotherOriginIsRefused(String origin) throws Exception {
        var preflight = preflight(origin);
        assertThat(preflight.statusCode()).isEqualTo(403);
        var answer = post(server.environment, "create", "{}", "Origin", origin);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer)).isEqualTo(JSON.readTree("{\"error\":\"Access Forbidden\"}"));
        var signIn = post(server.environment, "signin", "{}", "Origin", origin);
        assertThat(json(signIn).path("error").isObject()).isTrue();
        assertThat(json(signIn).path("payload").isObject()).isTrue();
        for (var refused : List.of(preflight, answer, signIn)) {
            assertThat(refused.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
        }
    }

    @Test
    void errorsCanBeReadByThePageToo() throws Exception {
        for (String body : new String[] {"", "[]", "{\"phoneNumber\":1}", "{\"a\":1,\"a\":2}", "{}x"}) {
            var answer =
                    post(server.environment, "create", body, "Origin", DynamicServer.ORIGIN, "x-dyn-request-id", "r-1");
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(json(answer).path("error").isTextual()).isTrue();
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .contains(DynamicServer.ORIGIN);
            assertThat(answer.headers()
                            .firstValue("access-control-expose-headers")
                            .orElseThrow())
                    .contains("x-dyn-request-id");
            assertThat(answer.headers().firstValue("x-dyn-request-id")).contains("r-1");
        }
    }

    @Test
    void anEnvironmentThatIsNoneIsNotFound() throws Exception {
        assertThat(post(new UUID(0, 0), "create", "{}").statusCode()).isEqualTo(404);
        URI upper = URI.create(server.api() + "/api/v0/sdk/" + "A".repeat(36) + "/smsVerifications/create");
        var malformed = http.send(
                HttpRequest.newBuilder(upper)
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(malformed.statusCode()).isEqualTo(400);
    }

    @Test
    void proofOfWorkIsTakenOnce() throws Exception {
        JsonNode challenge = json(get("/captcha/challenge"));
        String solution = solve(challenge);
        String request =
                "{\"phoneNumber\":\"4155550%d\",\"phoneCountryCode\":\"1\",\"isoCountryCode\":\"US\",\"captchaToken\":\"%s\"}";
        var first = post(server.guarded, "create", request.formatted(100, solution));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        var again = post(server.guarded, "create", request.formatted(101, solution));
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(json(again).path("error").asText()).isEqualTo("captchaToken was used before");
        // The official client retries without one.
        var retry = post(
                server.guarded,
                "retry",
                "{\"verificationUUID\":\"%s\",\"phoneNumber\":\"4155550100\",\"phoneCountryCode\":\"1\",\"isoCountryCode\":\"US\"}"
                        .formatted(json(first).path("verificationUUID").asText()));
        assertThat(retry.statusCode()).isIn(201, 422);
        var wrong = post(
                server.guarded,
                "retry",
                request.formatted(100, "x")
                        .replace(
                                "{",
                                "{\"verificationUUID\":\""
                                        + json(first).path("verificationUUID").asText() + "\","));
        assertThat(wrong.statusCode()).isEqualTo(400);
    }

    @Test
    void aSandboxNumberIsWorthNothingElsewhere() throws Exception {
        String verification = create("0000001");
        var elsewhere = post(server.guarded, "signin", signIn(verification));
        assertThat(elsewhere.statusCode()).isEqualTo(422);
        assertThat(json(elsewhere).path("code").asText()).isEqualTo("invalid_sms_verification");
        assertThat(post(server.environment, "signin", signIn(verification)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void tokensOfAnotherKeyOrEnvironmentAreRefusedAndOldOnesOutliveARotation() throws Exception {
        JsonNode signedIn = json(post(server.environment, "signin", signIn(create("0000002"))));
        String token = signedIn.path("jwt").asText();
        String body = signIn(create("0000003"));
        for (String forged : new String[] {
            token.substring(0, token.length() - 4) + "AAAA",
            "eyJhbGciOiJub25lIn0." + token.split("\\.", -1)[1] + ".",
            "x".repeat(9000),
            ""
        }) {
            assertThat(post(server.environment, "verify", body, "Authorization", "Bearer " + forged)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(post(server.guarded, "verify", body, "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
        try (StoreAdministration administration = server.administration()) {
            administration.rotateEnvironmentKey(server.environment, false);
        }
        var verified = post(server.environment, "verify", body, "Authorization", "Bearer " + token);
        assertThat(verified.statusCode()).as(verified.body()).isEqualTo(200);
        try (StoreAdministration administration = server.administration()) {
            administration.rotateEnvironmentKey(server.environment, true);
        }
        assertThat(post(server.environment, "verify", body, "Authorization", "Bearer " + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void anEnvironmentThatIsSwitchedOffSendsNothing() throws Exception {
        server.change(before -> switched(before, false));
        var answer = post(server.environment, "create", "{" + SANDBOX_PHONE.formatted("0000004") + "}");
        server.change(before -> switched(before, true));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("code").asText()).isEqualTo("no_enabled_sms_provider");
    }

    @Test
    void anErasedNumberIsASigninOfSomebodyNew() throws Exception {
        JsonNode before = json(post(server.environment, "signin", signIn(create("0000005"))));
        try (StoreAdministration administration = server.administration()) {
            assertThat(administration.erase("+15550000005")).anySatisfy(removed -> {
                assertThat(removed.what()).isEqualTo("users");
                assertThat(removed.count()).isEqualTo(1);
            });
        }
        var orphan = post(
                server.environment,
                "verify",
                signIn(create("0000006")),
                "Authorization",
                "Bearer " + before.path("jwt").asText());
        assertThat(orphan.statusCode()).isEqualTo(401);
        JsonNode after = json(post(server.environment, "signin", signIn(create("0000005"))));
        assertThat(after.path("user").path("newUser").asBoolean()).isTrue();
        assertThat(after.path("user").path("id"))
                .isNotEqualTo(before.path("user").path("id"));
    }

    private static Environment switched(Environment before, boolean enabled) {
        return new Environment(
                before.id(),
                before.name(),
                Set.of(DynamicServer.ORIGIN),
                before.captcha(),
                before.tokenLifetime(),
                Optional.of(DynamicServer.SANDBOX_CODE),
                enabled,
                before.keys());
    }

    private static String create(String number) throws IOException, InterruptedException {
        var answer = post(server.environment, "create", "{" + SANDBOX_PHONE.formatted(number) + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer).path("verificationUUID").asText();
    }

    private static String signIn(String verification) {
        return "{\"verificationUUID\":\"" + verification + "\",\"verificationToken\":\"" + DynamicServer.SANDBOX_CODE
                + "\"}";
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

    private static HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        return http.send(
                request(server.environment, "/smsVerifications/create")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "POST")
                        .header("Access-Control-Request-Headers", "content-type,x-dyn-version")
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(server.guarded, path).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(UUID environment, String operation, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(environment, "/smsVerifications/" + operation).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Each from an address of its own, so that none is one too many. */
    private static HttpRequest.Builder request(UUID environment, String path) {
        return HttpRequest.newBuilder(URI.create(server.api() + "/api/v0/sdk/" + environment + path))
                .timeout(Duration.ofSeconds(20))
                .header("X-Forwarded-For", "2001:db8:0:" + Integer.toHexString(++addresses) + "::1");
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
