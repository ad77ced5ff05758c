// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.core.guard.Refusal;
import dev.carillon.server.api.Answer;
import dev.carillon.server.api.AnswerException;
import dev.carillon.server.api.ErrorShape;
import dev.carillon.server.api.Json;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Errors as Dynamic words them: {@code error} is a text, but for 403 of sign-ins; 404 and 422 have a {@code code} beside it. */
record DynamicErrors(InstantSource clock) implements ErrorShape {

    @Override
    public Answer of(int status, String message) {
        return switch (status) {
            case 404 -> coded(404, "Not Found", "not_found");
            default -> text(status, status >= 500 ? "server_error" : "bad_request", message);
        };
    }

    /** 400: a field is missing or has not the published form. */
    static AnswerException malformed(String message) {
        return new AnswerException(text(400, "bad_request", message));
    }

    /** 400: the one declared answer that fits a captcha that was not passed. */
    static AnswerException captcha(String message) {
        return new AnswerException(text(400, "captcha", message));
    }

    /** 500: nobody can say whether the captcha was passed. */
    static AnswerException captchaUnknown() {
        return new AnswerException(text(500, "captcha_unknown", "The captcha could not be checked. Please try again."));
    }

    static AnswerException unauthorized(String message) {
        return new AnswerException(text(401, "unauthorized", message));
    }

    static AnswerException notFound() {
        return new AnswerException(coded(404, "Not Found", "not_found"));
    }

    static Answer forbidden() {
        return text(403, "forbidden", "Access Forbidden");
    }

    /** 403 as signin and verify declare it. */
    static AnswerException forbiddenWithPayload() {
        byte[] body = Json.object(json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("code", "forbidden");
            json.writeStringField("message", "Access Forbidden");
            json.writeEndObject();
            json.writeObjectFieldStart("payload");
            json.writeEndObject();
        });
        return new AnswerException(Answer.json(403, "forbidden", body));
    }

    static AnswerException refuse(ErrorCode code) {
        return new AnswerException(refusal(code));
    }

    /** Too much was asked for; with {@code Retry-After} where it is known when it would not be. */
    AnswerException tooMany(Optional<Refusal> refusal) {
        Answer answer = refusal(ErrorCode.TOO_MANY_SMS_VERIFICATION_ATTEMPTS);
        return new AnswerException(refusal.flatMap(Refusal::availableAt)
                .map(at -> answer.with(HeaderNames.RETRY_AFTER, seconds(at)))
                .orElse(answer));
    }

    /** 429: too many requests came from this address. */
    AnswerException limited(Instant availableAt) {
        return new AnswerException(text(429, "rate_limited", "Too many requests. Please try again later.")
                .with(HeaderNames.RETRY_AFTER, seconds(availableAt)));
    }

    /** In how many seconds, rounded up, at least 1. */
    private String seconds(Instant at) {
        long seconds =
                Duration.between(clock.instant(), at).plusNanos(999_999_999).toSeconds();
        return Long.toString(Math.max(1, seconds));
    }

    private static Answer refusal(ErrorCode code) {
        return coded(422, code.text(), code.wire());
    }

    private static Answer coded(int status, String error, String code) {
        byte[] body = Json.object(json -> {
            json.writeStringField("error", error);
            json.writeStringField("code", code);
        });
        return Answer.json(status, code, body);
    }

    private static Answer text(int status, String outcome, String error) {
        return Answer.json(status, outcome, Json.object(json -> json.writeStringField("error", error)));
    }
}
