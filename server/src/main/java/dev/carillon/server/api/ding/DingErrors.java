// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.server.api.Answer;
import dev.carillon.server.api.AnswerException;
import dev.carillon.server.api.ErrorShape;
import dev.carillon.server.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Errors as Ding words them: {@code code}, {@code message} and {@code doc_url}, all three always (ding-node requires them), nothing
 * else.
 *
 * @param docs the page that {@code doc_url} leads to, without a fragment. Never made from the request's {@code Host}, which anyone can set.
 */
record DingErrors(String docs) implements ErrorShape {
    private static final String DOCS_PATH = "/v1/docs";
    private static final byte[] FORBIDDEN_BODY = "{\"message\":\"Forbidden\"}".getBytes(StandardCharsets.US_ASCII);

    /** A missing or wrong key; the shape is AWS API Gateway's, which is what the clients were written against. */
    private static final Answer FORBIDDEN = Answer.json(403, "forbidden", FORBIDDEN_BODY);

    /**
     * Errors with links to our own page.
     *
     * @param publicUrl where clients reach this server, such as {@code https://verify.example.com}; without it the links are relative
     */
    static DingErrors under(Optional<String> publicUrl) {
        String base = publicUrl
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .orElse("");
        return new DingErrors(base + DOCS_PATH);
    }

    static AnswerException forbidden() {
        return new AnswerException(FORBIDDEN);
    }

    /** Ends the request with an error. The message is for the caller. */
    AnswerException refuse(ErrorCode code, String message) {
        return new AnswerException(answer(code.status(), code, message));
    }

    @Override
    public Answer of(int status, String message) {
        return answer(status, status >= 500 ? ErrorCode.INTERNAL_SERVER_ERROR : ErrorCode.BAD_REQUEST, message);
    }

    private Answer answer(int status, ErrorCode code, String message) {
        byte[] body = Json.object(json -> {
            json.writeStringField("code", code.wire());
            json.writeStringField("message", message);
            json.writeStringField("doc_url", docs + "#" + code.wire());
        });
        return Answer.json(status, code.wire(), body);
    }
}
