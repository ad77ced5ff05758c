// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static dev.carillon.server.app.DynamicCalls.PHONE;
import static dev.carillon.server.app.DynamicCalls.json;
import static dev.carillon.server.app.DynamicCalls.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
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

/** What the official client does not show: CORS, forged tokens, malformed requests, what an operator changes meanwhile. */
class DynamicApiTest {
    private static final String DEVICE = "x-dynamic-device-nonce";

    @TempDir
    static Path folder;

    private static DynamicServer server;
    private static DynamicCalls calls;

    @BeforeAll
    static void start() {
        server = new DynamicServer(folder);
        calls = new DynamicCalls(server);
    }

    @AfterAll
    static void stop() {
        calls.close();
        server.close();
    }

    @Test
    void aPreflightOfAnAllowedOriginTellsWhatMayBeSent() throws Exception {
        var answer = calls.preflight("create", DynamicServer.ORIGIN);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().map())
                .containsEntry("access-control-allow-origin", List.of(DynamicServer.ORIGIN))
                .containsEntry("access-control-allow-credentials", List.of("true"))
                .containsEntry("access-control-allow-methods", List.of("POST, OPTIONS"))
                .containsEntry("vary", List.of("Origin"));
        assertThat(allowed(answer).split(", ", -1))
                .containsExactlyInAnyOrder(
                        "authorization",
                        "content-type",
                        "x-dyn-version",
                        "x-dyn-api-version",
                        "x-dyn-request-id",
                        "x-dyn-session-id",
                        "x-dyn-session-public-key",
                        "x-dyn-device-fingerprint",
                        "x-dyn-is-global-wallet-popup",
                        "x-dynamic-platform",
                        "x-dyn-elevated-access-token",
                        "x-mfa-auth-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signin", "verify"})
    void theKeyOfADeviceComesWithChecksOnly(String operation) throws Exception {
        assertThat(allowed(calls.preflight(operation, DynamicServer.ORIGIN)))
                .contains("x-mfa-auth-token", DEVICE, "x-dynamic-device-publickey", "x-dynamic-device-signed-nonce");
        assertThat(allowed(calls.preflight("retry", DynamicServer.ORIGIN))).doesNotContain("x-dynamic-device");
    }

    private static String allowed(HttpResponse<String> preflight) {
        return preflight.headers().firstValue("access-control-allow-headers").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com.evil.test",
                "http://app.example.com",
                "null",
                "https://app.example.com:444",
                "https://app.example.com/",
                "HTTPS://APP.EXAMPLE.COM",
                "https://app.example.com, https://evil.test"
            })
    void anotherOriginIsRefused(String origin) throws Exception {
        var preflight = calls.preflight("create", origin);
        assertThat(preflight.statusCode()).isEqualTo(403);
        var answer = calls.post(server.environment, "create", "{}", "Origin", origin);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer)).isEqualTo(json("{\"error\":\"Access Forbidden\"}"));
        var signIn = calls.post(server.environment, "signin", "{}", "Origin", origin);
        assertThat(json(signIn).path("error").isObject()).isTrue();
        assertThat(json(signIn).path("payload").isObject()).isTrue();
        for (var refused : List.of(preflight, answer, signIn)) {
            assertThat(refused.headers().firstValue("access-control-allow-origin"))
                    .isEmpty();
        }
    }

    @Test
    void anEnvironmentWithoutOriginsIsForNoPage() throws Exception {
        var answer = calls.post(server.guarded, "create", "{}", "Origin", DynamicServer.ORIGIN);
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void errorsCanBeReadByThePageToo() throws Exception {
        for (String body : new String[] {"", "[]", "{\"phoneNumber\":1}", "{\"a\":1,\"a\":2}", "{}x", "\u0000"}) {
            var answer = calls.post(
                    server.environment, "create", body, "Origin", DynamicServer.ORIGIN, "x-dyn-request-id", "r-1");
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(json(answer).path("error").isTextual()).isTrue();
            assertThat(answer.headers().firstValue("access-control-allow-origin"))
                    .contains(DynamicServer.ORIGIN);
            assertThat(answer.headers()
                            .firstValue("access-control-expose-headers")
                            .orElseThrow())
                    .contains("x-dyn-request-id", "cf-ray", "retry-after");
            assertThat(answer.headers().firstValue("x-dyn-request-id")).contains("r-1");
        }
    }

    @Test
    void anEnvironmentThatIsNoneIsNotFound() throws Exception {
        var unknown = calls.post(new UUID(0, 0), "create", "{}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(json(unknown)).isEqualTo(json("{\"error\":\"Not Found\",\"code\":\"not_found\"}"));
        URI upper = URI.create(server.api() + "/api/v0/sdk/" + "A".repeat(36) + "/smsVerifications/create");
        var malformed = calls.send(HttpRequest.newBuilder(upper).POST(BodyPublishers.ofString("{}")));
        assertThat(malformed.statusCode()).isEqualTo(400);
    }

    /** Names and characters that the published patterns are known to be misread in, through the whole server. */
    @Test
    void patternsMeanWhatTheyMeanInJavaScript() throws Exception {
        String form = "{\"phoneNumber\":\"%s\",\"phoneCountryCode\":\"%s\",\"isoCountryCode\":\"%s\"}";
        assertThat(status(form.formatted("\uFF15\uFF15\uFF15\uFF10\uFF10\uFF10\uFF10\uFF10\uFF12\uFF11", "1", "us")))
                .isEqualTo(201);
        assertThat(status(form.formatted("555-000-0022", "+\u0661", "US1"))).isEqualTo(201);
        for (String number : List.of("(555) 000-0023", " 5550000023", "5550000023\\n", "555\\u00a00000023", "")) {
            assertThat(status(form.formatted(number, "1", "us"))).as(number).isEqualTo(400);
        }
        for (String iso : List.of("u", "12", "ABCD1", "us\\n", "\u00FC\u00FC")) {
            assertThat(status(form.formatted("5550000024", "1", iso))).as(iso).isEqualTo(400);
        }
        for (String token : List.of("12345", "1234567", "123456\\n", "\u0661\u0662\u0663\u0664\u0665\u0666")) {
            var answer = calls.post(
                    server.environment,
                    "signin",
                    signIn(new UUID(0, 0).toString()).replace(DynamicServer.SANDBOX_CODE, token));
            assertThat(answer.statusCode()).as(token).isEqualTo(400);
        }
    }

    private static int status(String body) throws Exception {
        return calls.post(server.environment, "create", body).statusCode();
    }

    @Test
    void aRetryIsForTheVerificationsOwnNumber() throws Exception {
        String verification = calls.sandbox(server.environment, "0000010");
        String body = "{\"verificationUUID\":\"" + verification + "\"," + PHONE + "}";
        var other = calls.post(server.environment, "retry", body.formatted("555-0000011"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(json(other).path("code").asText()).isEqualTo("invalid_sms_verification");
        assertThat(other.body()).doesNotContain("0000010");
        // Nor does it tell whether there is such a verification.
        var unknown = calls.post(
                server.environment,
                "retry",
                body.formatted("555-0000011").replace(verification, new UUID(0, 9).toString()));
        assertThat(json(unknown)).isEqualTo(json(other));
    }

    @Test
    void aSandboxNumberIsWorthNothingElsewhere() throws Exception {
        String verification = calls.sandbox(server.environment, "0000001");
        var elsewhere = calls.post(server.guarded, "signin", signIn(verification));
        assertThat(elsewhere.statusCode()).isEqualTo(422);
        assertThat(json(elsewhere).path("code").asText()).isEqualTo("invalid_sms_verification");
        assertThat(calls.post(server.environment, "signin", signIn(verification))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherAccountsVerificationIsUnknown() throws Exception {
        UUID strange;
        try (StoreAdministration administration = server.administration()) {
            UUID other = administration.createAccount("Other").account().id();
            strange = administration
                    .createEnvironment(
                            other,
                            "app",
                            TokenAlgorithm.EDDSA,
                            before -> DynamicServer.with(before, Set.of(), Optional.of(DynamicServer.SANDBOX_CODE)))
                    .id();
        }
        String verification = calls.sandbox(server.environment, "0000012");
        var answer = calls.post(strange, "signin", signIn(verification));
        assertThat(json(answer).path("code").asText()).isEqualTo("invalid_sms_verification");
        String token = calls.signedIn(strange, "0000013").path("jwt").asText();
        assertThat(verify(server.environment, verification, "Bearer " + token)).isEqualTo(401);
    }

    @Test
    void verifyTakesOneGoodBearerAndNothingElse() throws Exception {
        String token = calls.signedIn(server.environment, "0000002").path("jwt").asText();
        String verification = calls.sandbox(server.environment, "0000003");
        for (String forged : new String[] {
            "Bearer " + token.substring(0, token.length() - 4) + "AAAA",
            "Bearer eyJhbGciOiJub25lIn0." + token.split("\\.", -1)[1] + ".",
            "Bearer " + "x".repeat(9000),
            "Bearer ",
            "Bearer",
            token,
            "Basic " + token,
            "Bearer " + token + ", Bearer " + token
        }) {
            assertThat(verify(server.environment, verification, forged))
                    .as(forged)
                    .isEqualTo(401);
        }
        var twice = calls.post(
                server.environment,
                "verify",
                signIn(verification),
                "Authorization",
                "Bearer " + token,
                "Authorization",
                "Bearer " + token);
        assertThat(twice.statusCode()).isEqualTo(401);
        assertThat(verify(server.guarded, verification, "Bearer " + token)).isEqualTo(401);
        // None of these has used the code up.
        assertThat(verify(server.environment, verification, "bearer " + token)).isEqualTo(200);
    }

    @Test
    void elsewhereABadBearerDoesNoHarm() throws Exception {
        var created = calls.post(
                server.environment, "create", "{" + PHONE.formatted("555-0000014") + "}", "Authorization", "Bearer x");
        assertThat(created.statusCode()).isEqualTo(201);
        var signedIn = calls.post(
                server.environment,
                "signin",
                signIn(json(created).path("verificationUUID").asText()),
                "Authorization",
                "Basic eDp5");
        assertThat(signedIn.statusCode()).isEqualTo(200);
    }

    @Test
    void tokensOutliveARotationUnlessTheKeyWasStolen() throws Exception {
        String token =
                calls.signedIn(server.edwards, "0000004").path("minifiedJwt").asText();
        rotate(false);
        assertThat(verify(server.edwards, calls.sandbox(server.edwards, "0000005"), "Bearer " + token))
                .isEqualTo(200);
        assertThat(json(calls.get(server.edwards, "/.well-known/jwks")).path("keys"))
                .hasSize(2);
        rotate(true);
        assertThat(json(calls.get(server.edwards, "/.well-known/jwks.json")).path("keys"))
                .hasSize(1);
        assertThat(verify(server.edwards, calls.sandbox(server.edwards, "0000006"), "Bearer " + token))
                .isEqualTo(401);
    }

    @Test
    void theAlgorithmIsChangedByAFurtherKeyThatIsKnownBeforeItSigns() {
        try (StoreAdministration administration = server.administration()) {
            for (int i = 0; i < 2; i++) {
                Environment after = administration.updateEnvironment(
                        server.closed, Optional.of(TokenAlgorithm.RS256), before -> before);
                assertThat(after.keys())
                        .extracting(SigningKey::algorithm)
                        .containsExactly(TokenAlgorithm.EDDSA, TokenAlgorithm.RS256);
                assertThat(after.signingKey(Instant.now()))
                        .isEqualTo(after.keys().getFirst());
            }
        }
    }

    private static void rotate(boolean alone) {
        try (StoreAdministration administration = server.administration()) {
            administration.rotateEnvironmentKey(server.edwards, alone);
        }
    }

    private static int verify(UUID environment, String verification, String authorization) throws Exception {
        return calls.post(environment, "verify", signIn(verification), "Authorization", authorization)
                .statusCode();
    }

    @Test
    void anErasedNumberIsASigninOfSomebodyNew() throws Exception {
        JsonNode before = calls.signedIn(server.environment, "0000007");
        try (StoreAdministration administration = server.administration()) {
            assertThat(administration.erase("+15550000007")).anySatisfy(removed -> {
                assertThat(removed.what()).isEqualTo("users");
                assertThat(removed.count()).isEqualTo(1);
            });
        }
        String orphan = "Bearer " + before.path("jwt").asText();
        assertThat(verify(server.environment, calls.sandbox(server.environment, "0000008"), orphan))
                .isEqualTo(401);
        JsonNode after = calls.signedIn(server.environment, "0000007");
        assertThat(after.path("user").path("newUser").asBoolean()).isTrue();
        assertThat(after.path("user").path("id"))
                .isNotEqualTo(before.path("user").path("id"));
    }
}
