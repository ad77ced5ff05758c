// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.http.ProviderFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose lookups ask a paid provider. */
@Timeout(120)
class LookupIT {
    private static final String PORTED = "+33612345678";

    @TempDir
    Path folder;

    @AutoClose
    private final ProviderFixture provider = new ProviderFixture();

    private Path settings() throws IOException {
        return Files.writeString(folder.resolve("carillon.yaml"), """
                lookups:
                  mnp:
                    kind: http
                    price: 0.005 EUR
                    timeout: 1s
                    options:
                      request: {url: '%s/mnp/{{digits}}'}
                      answer:
                        network: {json: /mccmnc}
                        ported: {json: /ported}
                """.formatted(provider.url()));
    }

    @Test
    void whatWasPaidForIsKeptUntilTheNumberIsErased() throws Exception {
        Installation installation = Installation.fresh(Engine.SQLITE, folder);
        Customer customer = installation.customer();
        provider.answerJson(200, "{\"mccmnc\":\"20801\",\"ported\":true}");
        try (CarillonProcess server = installation.serve(settings(), Map.of());
                Ding ding = new Ding(server, customer);
                Operator operator = new Operator(server)) {
            assertThatIsPorted(ding.lookup(PORTED).json());
            assertThatIsPorted(ding.lookup(PORTED).json());
            assertThat(provider.requests()).hasSize(1);
            assertThat(operator.meter("carillon_lookup_cost_total")).isEqualTo(0.005);
        }
        try (CarillonProcess server = installation.serve(settings(), Map.of());
                Ding ding = new Ding(server, customer)) {
            assertThatIsPorted(ding.lookup(PORTED).json());
            assertThat(provider.requests()).as("after a restart").hasSize(1);

            JsonNode _ = installation.run("erase", "--phone", PORTED);
            assertThatIsPorted(ding.lookup(PORTED).json());
            assertThat(provider.requests()).as("after it was erased").hasSize(2);
        }
    }

    private static void assertThatIsPorted(JsonNode facts) {
        assertThat(facts.path("mnc").asText()).isEqualTo("01");
        assertThat(facts.path("carrier").asText()).isEqualTo("Orange France");
        assertThat(facts.path("number_ported").asBoolean()).isTrue();
    }

    @Test
    void whileAProviderHangsLookupsAnswerWhatIsKnownAndCreatesAskNobody() throws Exception {
        Installation installation = Installation.fresh(Engine.SQLITE, folder);
        Customer customer = installation.customer("--limit", "account=off", "--limit", "block=off");
        provider.answer(new ProviderFixture.Hang());
        try (CarillonProcess server = installation.serve(settings(), Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Ding ding = new Ding(server, customer)) {
            List<Future<String>> answers = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> network(server, customer, "+3361234567" + i)))
                    .toList();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !provider.requests().isEmpty());
            for (int i = 0; i < 20; i++) {
                assertThat(ding.create("+3367%07d".formatted(i * 7919L)).field("status"))
                        .isEqualTo("pending");
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("10");
            }
            assertThat(provider.requests())
                    .as("by lookups alone; after five failures the breaker is open")
                    .hasSizeBetween(1, 8)
                    .allSatisfy(request -> assertThat(request.path()).startsWith("/mnp/3361234567"));
        }
    }

    private static String network(CarillonProcess server, Customer customer, String number) throws IOException {
        try (Ding ding = new Ding(server, customer)) {
            return ding.lookup(number).json().path("mnc").asText();
        }
    }
}
