// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that meet, over HTTP: budgets, single acceptance and windows hold whatever the order. */
class RaceIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aRaceHasOneOutcome(Engine engine) throws Exception {
        Installation installation = Installation.fresh(engine, folder);
        Customer customer = installation.customer();
        try (CarillonProcess server = installation.serve();
                Operator operator = new Operator(server);
                Ding ding = new Ding(server, customer)) {
            wrongCodesShareOneBudget(server, customer, ding, operator);
            oneRightCodeIsAccepted(server, customer, ding, operator);
            createsThatDifferOpenOneWindow(server, customer, operator);
            equalCreatesGetOneAnswer(server, customer, operator);
            assertThat(server.log()).doesNotContain("\"ERROR\"");
        }
    }

    private static void wrongCodesShareOneBudget(
            CarillonProcess server, Customer customer, Ding ding, Operator operator) throws Exception {
        String id = ding.create("+33612345601").field("authentication_uuid");
        String right = operator.code("+33612345601", 1);
        List<Answer> answers =
                Race.run(List.of(server), customer, 1000, i -> wrong -> wrong.check(id, Race.wrongCode(right, i)));
        assertThat(Race.statuses(answers)).isEqualTo(Map.of("invalid", 5L, "rate_limited", 995L));
        assertThat(ding.check(id, right).field("status")).isEqualTo("rate_limited");
        assertThat(ding.retry(id).field("status")).isEqualTo("rate_limited");
        assertThat(checks(ding, id)).containsEntry("invalid", 5L).doesNotContainKey("valid");
    }

    private static void oneRightCodeIsAccepted(CarillonProcess server, Customer customer, Ding ding, Operator operator)
            throws Exception {
        String id = ding.create("+33612345602").field("authentication_uuid");
        String right = operator.code("+33612345602", 1);
        List<Answer> answers = Race.run(List.of(server), customer, 100, i -> check -> check.check(id, right));
        assertThat(Race.statuses(answers)).isEqualTo(Map.of("valid", 1L, "already_validated", 99L));
        assertThat(checks(ding, id)).containsEntry("valid", 1L);
    }

    private static void createsThatDifferOpenOneWindow(CarillonProcess server, Customer customer, Operator operator)
            throws Exception {
        List<Answer> answers = Race.run(
                List.of(server),
                customer,
                50,
                i -> create -> create.create("+33612345603", "correlation_id", "order-" + i));
        assertThat(Race.ids(answers)).hasSize(1);
        assertThat(Race.statuses(answers)).isEqualTo(Map.of("pending", 1L, "rate_limited", 49L));
        assertOneMessage(operator, "+33612345603");
    }

    private static void equalCreatesGetOneAnswer(CarillonProcess server, Customer customer, Operator operator)
            throws Exception {
        List<Answer> answers = Race.run(List.of(server), customer, 50, i -> create -> create.create("+33612345604"));
        assertThat(answers)
                .extracting(Answer::text)
                .containsOnly(answers.getFirst().text());
        assertThat(Race.statuses(answers)).isEqualTo(Map.of("pending", 50L));
        assertOneMessage(operator, "+33612345604");
    }

    /** Waits for the first, and then until nothing more is on its way. */
    private static void assertOneMessage(Operator operator, String phone) throws IOException {
        operator.code(phone, 1);
        await().until(() -> operator.meter("carillon_outbox_sending") == 0);
        assertThat(operator.messages(phone)).hasSize(1);
    }

    private static Map<String, Long> checks(Ding ding, String id) throws IOException {
        return ding.status(id).json().path("events").findParents("code").stream()
                .map(event -> event.path("status").asText())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
