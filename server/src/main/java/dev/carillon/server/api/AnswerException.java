// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api;

/** Ends a request with an answer that is already known. Cheap: it has no stack trace. */
public final class AnswerException extends RuntimeException {
    private final transient Answer answer;

    public AnswerException(Answer answer) {
        super("answered with " + answer.status(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
