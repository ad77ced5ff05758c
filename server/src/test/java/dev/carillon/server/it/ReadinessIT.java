// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.server.it.Client.Answer;
import dev.carillon.server.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /health/ready} tells a load balancer the truth. */
class ReadinessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    @Test
    void aNodeWithoutItsDatabaseIsNotReadyAndRefusesWhatItIsGiven() throws Exception {
        try (PostgresServer database = PostgresServer.start()) {
            Installation installation =
                    new Installation(folder.resolve("data"), Optional.of(database.createDatabase()));
            Customer customer = installation.customer();
            try (CarillonProcess node = installation.serve();
                    Operator operator = new Operator(node);
                    Ding ding = new Ding(node, customer)) {
                assertThat(ready(operator)).isEqualTo(200);
                database.stop();
                Answer refused = ding.create("+33612345678");
                assertThat(refused.status()).as(refused.text()).isEqualTo(503);
                assertThat(refused.headers()).containsKey("retry-after");
                await().atMost(PATIENCE).until(() -> ready(operator) == 503);
                Answer why = operator.get("/health/ready");
                assertThat(why.json().path("checks").path("store").asBoolean(true))
                        .as(why.text())
                        .isFalse();
                assertThat(operator.get("/health/live").status()).isEqualTo(200);

                database.startAgain();
                await().atMost(PATIENCE).until(() -> ready(operator) == 200);
                await().atMost(PATIENCE).until(() -> ding.create("+33612345678").status() == 200);
            }
        }
    }

    /** First it says that it goes, while it serves on; nobody can know how long its clients take to notice. */
    @Test
    void aNodeThatIsToldToStopSaysSoAndServesOn() throws Exception {
        Installation installation = Installation.fresh(Engine.SQLITE, folder);
        Customer customer = installation.customer();
        try (CarillonProcess node = installation.serve(Map.of("CARILLON_DRAIN_DELAY", "3s"));
                Operator operator = new Operator(node);
                Ding ding = new Ding(node, customer)) {
            assertThat(ready(operator)).isEqualTo(200);
            assertThat(ding.create("+33612345601").headers()).doesNotContainEntry("connection", "close");
            node.terminate();
            await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> ready(operator) == 503);
            for (String phone : new String[] {"+33612345602", "+33612345603"}) {
                Answer answer = ding.create(phone);
                assertThat(answer.field("status")).as(answer.text()).isEqualTo("pending");
                assertThat(answer.headers()).containsEntry("connection", "close");
            }
            assertThat(node.exitCode()).as(node.log()).isZero();
        }
    }

    /** Where no load balancer looks, as on a developer's machine, nobody has to notice. */
    @Test
    void aNodeThatNobodyAsksStopsAtOnce() throws Exception {
        Installation installation = Installation.fresh(Engine.SQLITE, folder);
        try (CarillonProcess node = installation.serve(Map.of("CARILLON_DRAIN_DELAY", "5m"))) {
            node.terminate();
            assertThat(node.exitCode()).as(node.log()).isZero();
        }
    }

    private static int ready(Operator operator) throws IOException {
        return operator.get("/health/ready").status();
    }
}
