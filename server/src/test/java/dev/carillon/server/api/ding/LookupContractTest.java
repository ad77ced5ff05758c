// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.core.account.NumberRules;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.server.lookup.paid.Finding;
import dev.carillon.server.lookup.paid.PaidLookups;
import dev.carillon.server.lookup.paid.TestProviders;
import dev.carillon.server.lookup.paid.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lookups with somebody who is paid to know. */
final class LookupContractTest {
    private static final NumberRules WITH_NAMES = new NumberRules(NumberRules.STANDARD.lines(), true, true);
    private static final String AMERICAN = "+12025550123";

    private final List<Set<Topic>> asked = new CopyOnWriteArrayList<>();

    private PaidLookups paid() {
        return over(
                (_, topics) -> {
                    asked.add(topics);
                    return new Finding(
                            Optional.of(LineType.VOIP),
                            Optional.of(new Network("310410")),
                            Optional.of("AT&T"),
                            Optional.of(true),
                            Optional.of("ACME INC"));
                },
                PaidLookups.TIMEOUT);
    }

    private static PaidLookups over(TestProviders.Script script, Duration timeout) {
        return TestProviders.of(
                List.of(TestProviders.entry("one", "all", script)),
                Clock.fixed(TestServer.NOW, ZoneOffset.UTC),
                timeout);
    }

    private JsonNode lookUp(NumberRules rules, String number) {
        try (PaidLookups paid = paid();
                TestServer server = new TestServer(paid, rules)) {
            return StrictDing.lookedUp(server.lookup(number));
        }
    }

    @Test
    void allThatWasPaidForIsTold() {
        JsonNode body = lookUp(WITH_NAMES, AMERICAN + "?type=cnam");

        assertThat(body.path("line_type").asText()).isEqualTo("Voip");
        assertThat(body.path("mcc").asText()).isEqualTo("310");
        assertThat(body.path("mnc").asText()).isEqualTo("410");
        assertThat(body.path("carrier").asText()).isEqualTo("AT&T");
        assertThat(body.path("number_ported").asBoolean()).isTrue();
        assertThat(body.path("caller_name").asText()).isEqualTo("ACME INC");
        assertThat(asked).containsExactly(Set.of(Topic.NETWORK, Topic.CALLER_NAME));
    }

    @ParameterizedTest
    @CsvSource({
        "?type=cnam, true, 2",
        "?type=x&type=cnam, true, 2",
        "?type=x%2Ccnam, true, 2",
        "'', true, 1",
        "?type=, true, 1",
        "?type=CNAM, true, 1",
        "?kind=cnam, true, 1",
        "?type=cnam, false, 1"
    })
    void namesAreAskedForByWhoHasThemAndWantsThem(String query, boolean allowed, int topics) {
        JsonNode body = lookUp(allowed ? WITH_NAMES : NumberRules.STANDARD, AMERICAN + query);

        assertThat(body.has("caller_name")).isEqualTo(topics == 2);
        assertThat(asked).singleElement().satisfies(one -> assertThat(one).hasSize(topics));
    }

    @Test
    void namesAreAskedForInNorthAmericaOnly() {
        assertThat(lookUp(WITH_NAMES, "+33612345678?type=cnam").has("caller_name"))
                .isFalse();
        assertThat(asked).containsExactly(Set.of(Topic.NETWORK));
    }

    @ParameterizedTest
    @CsvSource({"+870773111632", "+80012345678", "+447012345678"})
    void nobodyIsPaidWhereThePlanTellsAll(String number) {
        JsonNode _ = lookUp(NumberRules.STANDARD, number);

        assertThat(asked).isEmpty();
    }

    @Test
    void aProviderThatHangsCostsItsTimeOutAndNothingElse() {
        CountDownLatch never = new CountDownLatch(1);
        TestProviders.Script hanging = (_, _) -> {
            never.await();
            return Finding.NOTHING;
        };
        try (PaidLookups paid = over(hanging, Duration.ofMillis(50));
                TestServer server = new TestServer(paid, NumberRules.STANDARD)) {
            JsonNode body = StrictDing.lookedUp(server.lookup("+33612345678"));

            assertThat(body.path("mnc").asText()).as("what is known without").isEqualTo("10");
        }
    }
}
