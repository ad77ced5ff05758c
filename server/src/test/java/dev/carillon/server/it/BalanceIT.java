// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.it.Client.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An account with prices, as the operator and the customer see it. */
class BalanceIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void anAccountPaysForWhatIsSent(Engine engine) throws Exception {
        Installation installation = Installation.fresh(engine, folder);
        Customer customer =
                installation.customer("--prepaid", "true", "--daily-cap", "DE=0.05", "--limit", "feedback-block=2/24h");
        Path prices = Files.writeString(folder.resolve("prices.csv"), """
                item,country,price
                verification,,0.009 EUR
                message,,0.04 EUR
                message,FR,0.03 EUR
                """);
        installation.run("price", "import", customer.uuid(), prices.toString());
        try (CarillonProcess server = installation.serve();
                Ding ding = new Ding(server, customer);
                Operator operator = new Operator(server)) {
            refused(ding.create("+33612345001"), 400, "negative_balance");
            installation.run("balance", "topup", customer.uuid(), "0.12", "--note", "a start");
            pays(ding, installation, customer);
            isRefusedWhenItIsSpent(ding, installation, customer);
            isCapped(ding, installation, customer, operator);
            feedbackCounts(ding);
            assertThat(installation.run("balance", "verify").path("accounts").asInt())
                    .isEqualTo(1);
        }
    }

    private static void pays(Ding ding, Installation installation, Customer customer) throws Exception {
        Answer created = ding.create("+33612345001");
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        String id = created.field("authentication_uuid");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(updates(ding.status(id)))
                .containsExactly(
                        "authentication_pending -0.009",
                        "attempt_pending -0.03",
                        "authentication_pending 0.009",
                        "authentication_success -0.009",
                        "attempt_pending 0.03",
                        "attempt_success -0.03"));
        JsonNode balance = installation.run("balance", "show", customer.uuid());
        assertThat(balance.path("balance").asText()).isEqualTo("0.081");
        assertThat(balance.path("charged").asText()).isEqualTo("0.039");
        JsonNode history = installation.run("balance", "history", customer.uuid());
        assertThat(history.findValuesAsText("kind"))
                .as("two of one millisecond are in any order")
                .containsExactlyInAnyOrder("settle", "reserve", "topup");
        assertThat(history.findValuesAsText("authentication_uuid")).containsExactly(id, id);
    }

    private static void isRefusedWhenItIsSpent(Ding ding, Installation installation, Customer customer)
            throws Exception {
        assertThat(ding.create("+33612345002").status()).isEqualTo(200);
        assertThat(ding.create("+33612345003").status()).isEqualTo(200);
        refused(ding.create("+33612345004"), 400, "negative_balance");
        installation.run("balance", "topup", customer.uuid(), "10 EUR");
        assertThat(ding.create("+33612345004").status()).isEqualTo(200);
    }

    private static void isCapped(Ding ding, Installation installation, Customer customer, Operator operator)
            throws Exception {
        assertThat(ding.create("+4915112345001").status()).isEqualTo(200);
        refused(ding.create("+4915112345002"), 402, "spending_limit_exceeded");
        assertThat(operator.meter("carillon_spend_alerts_total{percent=\"100\"}"))
                .isEqualTo(1);
        installation.set(customer, "--daily-cap", "DE=off");
        assertThat(ding.create("+4915112345002").status()).isEqualTo(200);
    }

    /** Two users of a block were not real: the third gets no code. */
    private static void feedbackCounts(Ding ding) throws IOException {
        for (String phone : List.of("+33612345001", "+33612345002")) {
            assertThat(ding.feedback(phone, "not_onboarded").status()).isEqualTo(200);
        }
        Answer refused = ding.create("+33612345005");
        assertThat(refused.field("status")).isEqualTo("spam_detected");
        assertThat(refused.headers().get("x-carillon-reason")).isEqualTo("feedback-block");
    }

    private static void refused(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.field("code")).isEqualTo(code);
    }

    private static List<String> updates(Answer status) {
        List<String> updates = new ArrayList<>();
        StreamSupport.stream(status.json().path("events").spliterator(), false)
                .filter(event -> event.path("type").asText().equals("balance_update"))
                .forEach(event -> {
                    List<String> names = new ArrayList<>();
                    event.fieldNames().forEachRemaining(names::add);
                    assertThat(names).containsExactlyInAnyOrder("type", "created_at", "balance_update_type", "amount");
                    updates.add(event.path("balance_update_type").asText() + " "
                            + event.path("amount").decimalValue().toPlainString());
                });
        return updates;
    }
}
