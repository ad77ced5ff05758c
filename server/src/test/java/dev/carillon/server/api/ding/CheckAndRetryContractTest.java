// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static dev.carillon.server.api.ding.TestServer.CUSTOMER;
import static dev.carillon.server.api.ding.TestServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.FeedbackReply;
import dev.carillon.core.verification.RetryReply;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckAndRetryContractTest {
    private static final UUID ID = UUID.fromString("0199f5b2-6d3e-7c41-8f2b-3a9c5d7e1f20");

    private final TestServer server = new TestServer();

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(CheckResult.class)
    void checkAnswersWithEveryResult(CheckResult result) {
        server.verifications.check = () -> new CheckReply.Answered(ID, result);

        JsonNode body = StrictDing.checked(check("\"123456\""));

        assertThat(body.path("status").asText())
                .isEqualTo(
                        result == CheckResult.EXPIRED
                                ? "expired_auth"
                                : result.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void uuidsComeInAnyCaseAndLeaveInLowerCase() {
        server.verifications.check = () -> new CheckReply.Answered(ID, CheckResult.VALID);
        String upper = ("{\"customer_uuid\":\"" + CUSTOMER + "\",\"authentication_uuid\":\"" + ID + "\"")
                .toUpperCase(Locale.ROOT)
                .replace("CUSTOMER_UUID", "customer_uuid")
                .replace("AUTHENTICATION_UUID", "authentication_uuid");

        JsonNode body = StrictDing.checked(server.post("/v1/check", upper + ",\"check_code\":\"1\"}"));

        assertThat(body.path("authentication_uuid").asText()).isEqualTo(ID.toString());
        assertThat(server.verifications.named.getLast()).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "12 34-56",
                "123456\\n",
                "１２３４",
                "\\u0000",
                "\\ud800",
                "0123456789012345678901234567890123456789"
            })
    void anyStringIsACodeThatCanBeTried(String code) {
        server.verifications.check = () -> new CheckReply.Answered(ID, CheckResult.INVALID);

        StrictDing.checked(check("\"" + code + "\""));
    }

    @Test
    void aNumberIsNoCode() {
        JsonNode body = StrictDing.refused(check("123456"), "bad_request");
        assertThat(body.path("message").asText()).isEqualTo("check_code must be a string");
    }

    @Test
    void aMissingCodeIsABadRequest() {
        JsonNode body = StrictDing.refused(check("null"), "bad_request");
        assertThat(body.path("message").asText()).isEqualTo("check_code is required");
    }

    @Test
    void malformedUnknownAndMissingIdsAreOneError() {
        server.verifications.check = CheckReply.Unknown::new;
        server.verifications.retry = RetryReply.Unknown::new;

        JsonNode unknown = StrictDing.refused(check("\"123456\""), "invalid_auth_uuid");
        JsonNode malformed = StrictDing.refused(
                server.post("/v1/check", named("1-1-1-1-1", ",\"check_code\":\"123456\"")), "invalid_auth_uuid");
        assertThat(malformed).isEqualTo(unknown);
        assertThat(StrictDing.refused(server.post("/v1/retry", named(ID.toString(), "")), "invalid_auth_uuid"))
                .isEqualTo(unknown);
        StrictDing.refused(server.post("/v1/retry", "{\"customer_uuid\":\"" + CUSTOMER + "\"}"), "invalid_auth_uuid");
        StrictDing.refused(
                server.post("/v1/check", "{\"customer_uuid\":\"" + CUSTOMER + "\",\"check_code\":\"1\"}"),
                "invalid_auth_uuid");
    }

    @ParameterizedTest
    @EnumSource(RetryReply.Result.class)
    void retryAnswersWithAllFiveFields(RetryReply.Result result) {
        server.verifications.retry =
                () -> new RetryReply.Answered(ID, result, NOW, NOW.plusSeconds(60), 2, Optional.empty());

        JsonNode body = StrictDing.retried(server.post("/v1/retry", named(ID.toString(), "")));

        assertThat(body.path("status").asText())
                .isEqualTo(
                        result == RetryReply.Result.EXPIRED
                                ? "expired_auth"
                                : result.name().toLowerCase(Locale.ROOT));
        assertThat(body.path("next_retry_at").asText()).isEqualTo("2026-11-22T09:06:01.500000Z");
        assertThat(body.path("remaining_retry").asInt()).isEqualTo(2);
    }

    @Test
    void aDeniedRetrySaysWhyAndWhen() {
        server.verifications.retry = () -> new RetryReply.Answered(
                ID,
                RetryReply.Result.DENIED,
                NOW,
                NOW.plusSeconds(30),
                3,
                Optional.of(Refusal.rateLimited("retry-after", NOW.plusSeconds(30))));

        HttpResponse<String> response = server.post("/v1/retry", named(ID.toString(), ""));

        StrictDing.retried(response);
        assertThat(response.headers().firstValue("X-Carillon-Reason")).contains("retry-after");
        assertThat(response.headers().firstValue("Retry-After")).contains("30");
    }

    @Test
    void feedback() {
        server.verifications.feedback = () -> new FeedbackReply.Recorded(ID);
        assertThat(StrictDing.fedBack(feedback("onboarded")).path("uuid").asText())
                .isEqualTo(ID.toString());
        assertThat(server.verifications.onboarded.getLast()).isTrue();
        StrictDing.fedBack(feedback("not_onboarded"));
        assertThat(server.verifications.onboarded.getLast()).isFalse();

        server.verifications.feedback = FeedbackReply.Duplicated::new;
        StrictDing.refused(feedback("onboarded"), "duplicated_feedback_status");
        server.verifications.feedback = FeedbackReply.NoVerification::new;
        StrictDing.refused(feedback("onboarded"), "no_associated_auth_found");
    }

    @Test
    void feedbackIsOneOfTwoWords() {
        StrictDing.refused(feedback("Onboarded"), "invalid_feedback_status");
        StrictDing.refused(feedback(""), "invalid_feedback_status");
        String path = "/v1/authentication/feedback";
        String customer = "{\"customer_uuid\":\"" + CUSTOMER + "\"";
        StrictDing.refused(
                server.post(path, customer + ",\"phone_number\":\"+33612345678\"}"), "invalid_feedback_status");
        StrictDing.refused(server.post(path, customer + ",\"status\":\"onboarded\"}"), "invalid_phone_number");
        StrictDing.refused(
                server.post(path, customer + ",\"phone_number\":\"+0\",\"status\":\"onboarded\"}"),
                "invalid_phone_number");
        StrictDing.refused(
                server.post(path, customer + ",\"phone_number\":\"+33612345678\",\"status\":7}"), "bad_request");
    }

    private HttpResponse<String> check(String code) {
        return server.post("/v1/check", named(ID.toString(), ",\"check_code\":" + code));
    }

    private HttpResponse<String> feedback(String status) {
        return server.post(
                "/v1/authentication/feedback",
                "{\"customer_uuid\":\"" + CUSTOMER + "\",\"phone_number\":\"+33612345678\",\"status\":\"" + status
                        + "\"}");
    }

    private static String named(String id, String more) {
        return "{\"customer_uuid\":\"" + CUSTOMER + "\",\"authentication_uuid\":\"" + id + "\"" + more + "}";
    }
}
