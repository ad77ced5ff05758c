// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.history;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * One request and its answer. Times are nanoseconds since the history began, of a clock that nobody sets. What was asked took effect at
 * most once, somewhere between the two; without an answer, at any time after the first.
 *
 * @param from when the request began to be sent
 * @param to when its answer was there, or was given up
 * @param node who was asked
 * @param number of a create
 * @param verification of all others
 * @param input the code of a check
 * @param key the Idempotency-Key of a create; empty: none
 * @param http the status; 0: no answer came
 * @param body of the answer
 */
public record Exchange(
        long from,
        long to,
        String node,
        Operation operation,
        String number,
        String verification,
        String input,
        String key,
        int http,
        String body) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What is known of whether it was done. */
    public enum Outcome {
        /** It was done, and the answer says what came of it. */
        ANSWERED,
        /** It was not done. */
        REFUSED,
        /** It may have been done or not. */
        UNKNOWN
    }

    /** By the status: 503 promises that nothing was done, as do the errors of the contract. */
    @JsonIgnore
    public Outcome outcome() {
        return switch (http) {
            case 200 -> Outcome.ANSWERED;
            case 400, 402, 403, 404, 405, 503 -> Outcome.REFUSED;
            default -> Outcome.UNKNOWN;
        };
    }

    @JsonIgnore
    boolean isAnswered() {
        return outcome() == Outcome.ANSWERED;
    }

    @JsonIgnore
    boolean isUnknown() {
        return outcome() == Outcome.UNKNOWN;
    }

    /** Whether its answer was there before the other was asked. */
    boolean isBefore(Exchange other) {
        return to < other.from;
    }

    /** A field of the answer; empty when there is none. */
    String field(String name) {
        return json().path(name).asText();
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + body, e);
        }
    }

    /** The verification that it is about; empty for a create that did not tell. */
    String about() {
        return operation == Operation.CREATE ? isAnswered() ? field("authentication_uuid") : "" : verification;
    }
}
