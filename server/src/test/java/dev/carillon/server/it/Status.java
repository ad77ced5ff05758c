// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.it.Client.Answer;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the status endpoint tells of one verification. */
record Status(JsonNode json) {

    static Status of(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new Status(answer.json());
    }

    /** Its events, each as its type and its status. */
    List<String> story() {
        return events().stream()
                .map(event ->
                        event.path("type").asText() + " " + event.path("status").asText())
                .toList();
    }

    List<JsonNode> attempts() {
        return events("attempt");
    }

    /** What was heard of an attempt, in the order in which it was. */
    List<String> heardOf(int attempt) {
        return events("delivery_status").stream()
                .filter(event -> event.path("attempt_number").asInt() == attempt)
                .map(event -> event.path("status").asText())
                .toList();
    }

    private List<JsonNode> events(String type) {
        return events().stream()
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
    }

    private List<JsonNode> events() {
        return StreamSupport.stream(json.path("events").spliterator(), false).toList();
    }

    @Override
    public String toString() {
        return json.toString();
    }
}
