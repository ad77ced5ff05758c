// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static dev.carillon.server.api.ding.TestServer.CUSTOMER;
import static dev.carillon.server.api.ding.TestServer.KEY;
import static dev.carillon.server.api.ding.TestServer.SUSPENDED;
import static dev.carillon.server.api.ding.TestServer.SUSPENDED_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.server.api.AnswerException;
import dev.carillon.server.api.ContractService;
import dev.carillon.server.ledger.CommitUnknownException;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.StoreUnavailableException;
import dev.carillon.server.secret.NoWindowKeyException;
import dev.carillon.server.verify.Objection;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorsContractTest {
    private static final String ID = "0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20";
    private static final List<String> POSTS =
            List.of("/v1/authentication", "/v1/check", "/v1/retry", "/v1/authentication/feedback");

    private final TestServer server = new TestServer();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void theTwentyThreeCodesAreDings() {
        assertThat(Arrays.stream(ErrorCode.values())
                        .filter(ErrorCode::isPublished)
                        .map(ErrorCode::wire)
                        .collect(Collectors.toSet()))
                .isEqualTo(StrictDing.CODES);
    }

    @Test
    void aPublishedCodeTravelsWith400AndOthersDoNot() {
        for (ErrorCode code : ErrorCode.values()) {
            int expected = code == ErrorCode.INTERNAL_SERVER_ERROR ? 500 : code.isPublished() ? 400 : 402;
            assertThat(code.status()).isEqualTo(expected);
            AnswerException refusal = DingErrors.under(Optional.empty()).refuse(code, "x");
            assertThat(refusal).hasMessage("answered with " + expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "key-of-the-account ", "KEY-OF-THE-ACCOUNT", "a\tb"})
    void aWrongKeyIsForbidden(String key) {
        for (String path : POSTS) {
            StrictDing.forbidden(send(HttpRequest.newBuilder(uri(path))
                    .header("x-api-key", key.strip().equals(KEY) ? key + "x" : key)
                    .POST(HttpRequest.BodyPublishers.ofString("not even JSON"))));
        }
    }

    @Test
    void aMissingRepeatedOrHugeKeyIsForbidden() {
        StrictDing.forbidden(send(HttpRequest.newBuilder(uri("/v1/authentication/" + ID))));
        StrictDing.forbidden(send(HttpRequest.newBuilder(uri("/v1/lookup/+33612345678"))));
        StrictDing.forbidden(send(HttpRequest.newBuilder(uri("/v1/authentication/" + ID))
                .header("x-api-key", KEY)
                .header("x-api-key", KEY)));
        StrictDing.forbidden(
                send(HttpRequest.newBuilder(uri("/v1/authentication/" + ID)).header("x-api-key", "k".repeat(5000))));
    }

    @Test
    void anEmptyBodyIsABadRequest() {
        for (String path : POSTS) {
            StrictDing.refused(server.post(path, ""), "bad_request");
            StrictDing.refused(send(server.request(path).POST(HttpRequest.BodyPublishers.noBody())), "bad_request");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | account_invalid",
                "{\"customer_uuid\":null} | account_invalid",
                "{\"customer_uuid\":\"\"} | account_invalid",
                "{\"customer_uuid\":\"1-1-1-1-1\"} | account_invalid",
                "{\"customer_uuid\":\"4f2f4f0e-6c1d-4a6c-9b57-0d5c1f5b8a11\"} | account_invalid",
                "{\"customer_uuid\":7} | bad_request",
                "[] | bad_request",
                "{\"customer_uuid\":\"x\",\"customer_uuid\":\"x\"} | bad_request",
                "{} {} | bad_request"
            })
    void theCustomerIsTheKeysOwn(String body, String code) {
        for (String path : POSTS) {
            StrictDing.refused(server.post(path, body), code);
        }
    }

    @Test
    void aSuspendedAccountIsToldSoEverywhere() {
        for (String path : POSTS) {
            StrictDing.refused(
                    send(HttpRequest.newBuilder(uri(path))
                            .header("x-api-key", SUSPENDED_KEY)
                            .POST(HttpRequest.BodyPublishers.ofString("{\"customer_uuid\":\"" + SUSPENDED + "\"}"))),
                    "suspended_account");
        }
        StrictDing.refused(
                send(HttpRequest.newBuilder(uri("/v1/authentication/nonsense")).header("x-api-key", SUSPENDED_KEY)),
                "suspended_account");
        StrictDing.refused(
                send(HttpRequest.newBuilder(uri("/v1/lookup/nonsense"))
                        .header("x-api-key", SUSPENDED_KEY)
                        .header("customer-uuid", SUSPENDED.toString())),
                "suspended_account");
    }

    /** Each body has all that is wrong with the ones after it, too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"customer_uuid\":\"x\",\"phone_number\":\"+0\",\"ip\":7 | bad_request",
                "\"customer_uuid\":\"x\",\"phone_number\":\"+0\",\"ip\":\"x\" | account_invalid",
                "\"phone_number\":\"+0\",\"ip\":\"x\",\"sender_id\":\"?\" | invalid_phone_number",
                "\"ip\":\"x\",\"sender_id\":\"?\",\"template_id\":\"?\" | invalid_phone_number",
                "\"phone_number\":\"+33612345678\",\"ip\":\"x\",\"sender_id\":\"?\",\"template_id\":\"?\" | bad_request",
                "\"phone_number\":\"+33612345678\",\"sender_id\":\"?\",\"template_id\":\"?\" | invalid_sender_id",
                "\"phone_number\":\"+33612345678\",\"sender_id\":\"Foo\",\"template_id\":\"?\" | unauthorized_sender_id",
                "\"phone_number\":\"+33612345678\",\"template_id\":\"?\" | invalid_template_id",
                "\"phone_number\":\"+33612345678\" | blocked_number"
            })
    void theFirstErrorInOrderIsTold(String fields, String code) {
        server.verifications.objection = Optional.of(Objection.BLOCKED_NUMBER);
        String customer = fields.contains("customer_uuid") ? "" : "\"customer_uuid\":\"" + CUSTOMER + "\",";

        StrictDing.refused(server.post("/v1/authentication", "{" + customer + fields + "}"), code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "+33612345678 | \"sender_id\":\"Acme-FR\" | -",
                "+4915112345678 | \"sender_id\":\"Acme-FR\" | unauthorized_sender_id",
                "+4915112345678 | \"sender_id\":\"Acme\" | -",
                "+33612345678 | \"sender_id\":\"acme-fr\" | unauthorized_sender_id",
                "+33612345678 | \"sender_id\":\"Acme_FR!\" | invalid_sender_id",
                "+33612345678 | \"template_id\":\"login\" | -",
                "+33612345678 | \"template_id\":\"default\" | -",
                "+33612345678 | \"template_id\":\"Login\" | invalid_template_id",
                "+33612345678 | \"template_id\":\"\" | invalid_template_id",
            })
    void sendersAndTemplatesAreTheAccountsAndTheCountrys(String number, String field, @Nullable String code) {
        server.verifications.create =
                () -> new CreateReply.Answered(UUID.fromString(ID), Optional.empty(), TestServer.NOW, Optional.empty());
        HttpResponse<String> response = server.post(
                "/v1/authentication",
                "{\"customer_uuid\":\"" + CUSTOMER + "\",\"phone_number\":\"" + number + "\"," + field + "}");
        if (code == null) {
            assertThat(response.statusCode()).isEqualTo(200);
        } else {
            StrictDing.refused(response, code);
        }
    }

    @Test
    void unknownPathsAreNotFound() {
        for (String path :
                List.of("/", "/v1", "/v1/", "/v2/check", "/v1/check/", "/v1//check", "/v1/Check", "/x%20y")) {
            StrictDing.error(server.get(path), 404);
        }
    }

    @Test
    void otherMethodsAreNotAllowed() {
        for (String path : POSTS) {
            for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND")) {
                HttpResponse<String> response =
                        send(server.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
                StrictDing.error(response, 405);
                assertThat(response.headers().firstValue("Allow")).contains("POST");
            }
        }
        HttpResponse<String> response = server.post("/v1/authentication/" + ID, "{}");
        StrictDing.error(response, 405);
        assertThat(response.headers().firstValue("Allow")).contains("GET");
        HttpResponse<String> head =
                send(server.request("/v1/authentication/" + ID).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(405);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void overloadAsksToComeBackAndIsCounted() {
        server.verifications.create = () -> {
            throw new OverloadedException();
        };

        HttpResponse<String> response = create();

        JsonNode body = StrictDing.error(response, 503);
        assertThat(body.path("message").asText()).isEqualTo("Service Unavailable");
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        awaitCounted(new TestServer.Counted("create", 503, "internal_server_error"));
    }

    /** Two things that a client must be able to tell from each other: one may be sent again, the other not blindly. */
    @Test
    void aLostDatabaseSaysWhetherAnythingWasDone() {
        for (RuntimeException nothingDone : List.of(
                new StoreUnavailableException("gone", null),
                new StoreConflictException("others were faster", null),
                new NoWindowKeyException(Instant.EPOCH))) {
            server.verifications.create = () -> {
                throw nothingDone;
            };
            HttpResponse<String> response = create();
            JsonNode body = StrictDing.error(response, 503);
            assertThat(body.path("message").asText()).endsWith("nothing was done");
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
        }
        server.verifications.create = () -> {
            throw new CommitUnknownException("gone", null);
        };
        HttpResponse<String> response = create();
        JsonNode body = StrictDing.error(response, 500);
        assertThat(body.path("message").asText()).endsWith("may have been done or not");
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void whatBreaksIsLoggedWithItsIdAndNothingElse() {
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        Logger logger = (Logger) LoggerFactory.getLogger(ContractService.class);
        logger.addAppender(appender);
        server.verifications.create = () -> {
            throw new StoreException("no room for +33612345678", new IllegalStateException("code 123456"));
        };
        try {
            HttpResponse<String> response = send(server.request("/v1/authentication")
                    .header("X-Request-Id", "find-me")
                    .POST(valid()));

            JsonNode body = StrictDing.error(response, 500);
            assertThat(body.path("code").asText()).isEqualTo("internal_server_error");
            assertThat(response.headers().firstValue("X-Request-Id")).contains("find-me");
            assertThat(appender.list).hasSize(1);
            ILoggingEvent event = appender.list.getFirst();
            String logged = event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
            assertThat(logged)
                    .contains(
                            "create failed, request find-me",
                            "StoreException",
                            "IllegalStateException",
                            "ErrorsContractTest")
                    .doesNotContain("33612345678", "123456", KEY);
        } finally {
            logger.detachAppender(appender);
        }
    }

    @Test
    void linksAreRelativeOrOfTheConfiguredServerWhateverTheHostHeaderSays() {
        String request = "GET /v1/nothing HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        assertThat(server.raw(request))
                .contains("\"doc_url\":\"/v1/docs#bad_request\"")
                .doesNotContain("evil");
        try (TestServer configured = new TestServer(Optional.of("https://verify.example.com/"))) {
            assertThat(configured.raw(request))
                    .contains("\"doc_url\":\"https://verify.example.com/v1/docs#bad_request\"");
        }
    }

    @Test
    void answersAreCounted() {
        server.verifications.create =
                () -> new CreateReply.Answered(UUID.fromString(ID), Optional.empty(), TestServer.NOW, Optional.empty());
        server.verifications.objection = Optional.empty();
        create();
        server.get("/v1/nothing");
        send(HttpRequest.newBuilder(uri("/v1/authentication/" + ID)));

        awaitCounted(
                new TestServer.Counted("create", 200, "pending"),
                new TestServer.Counted("none", 404, "bad_request"),
                new TestServer.Counted("status", 403, "forbidden"));
    }

    /** An answer is counted after it was sent. */
    private void awaitCounted(TestServer.Counted... expected) {
        await().untilAsserted(() -> assertThat(server.counted).contains(expected));
    }

    private HttpResponse<String> create() {
        return send(server.request("/v1/authentication").POST(valid()));
    }

    private static HttpRequest.BodyPublisher valid() {
        return HttpRequest.BodyPublishers.ofString(
                "{\"customer_uuid\":\"" + CUSTOMER + "\",\"phone_number\":\"+33612345678\"}");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        server.verifications.objection = Optional.empty();
        return server.send(request);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
