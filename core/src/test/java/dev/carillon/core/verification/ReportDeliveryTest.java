// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static dev.carillon.core.verification.DeliveryStatus.DELIVERED;
import static dev.carillon.core.verification.DeliveryStatus.IN_TRANSIT;
import static dev.carillon.core.verification.DeliveryStatus.NOT_SENT;
import static dev.carillon.core.verification.DeliveryStatus.SUBMITTED;
import static dev.carillon.core.verification.DeliveryStatus.UNDELIVERABLE;
import static dev.carillon.core.verification.DeliveryStatus.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.core.message.Channel;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Candidate;
import dev.carillon.core.routing.Lane;
import dev.carillon.core.routing.Price;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.routing.Senders;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReportDeliveryTest {
    /** Which news each status still takes. */
    private static final Map<DeliveryStatus, List<DeliveryStatus>> NEXT = new EnumMap<>(Map.of(
            UNKNOWN, List.of(SUBMITTED, IN_TRANSIT, NOT_SENT, UNDELIVERABLE, DELIVERED),
            SUBMITTED, List.of(IN_TRANSIT, NOT_SENT, UNDELIVERABLE, DELIVERED),
            IN_TRANSIT, List.of(NOT_SENT, UNDELIVERABLE, DELIVERED),
            NOT_SENT, List.of(DELIVERED),
            UNDELIVERABLE, List.of(DELIVERED),
            DELIVERED, List.of()));

    private final World world = new World();
    private final UUID id = world.create().verification();

    @Test
    void tellsWhenTheProviderSaidSoAndWhenItCame() {
        Instant theirs = world.now.plusSeconds(3);
        world.pass(Duration.ofSeconds(7));

        assertThat(world.run(new ReportDelivery(id, 1, "one", News.of(DELIVERED, theirs)))
                        .isNews())
                .isTrue();

        assertThat(world.verification(id).events().getLast())
                .isEqualTo(new AttemptReported(world.now, 1, News.of(DELIVERED, theirs), Optional.empty()));
    }

    @Test
    void aDuplicateChangesNothing() {
        assertThat(report(1, SUBMITTED)).isTrue();
        Verification before = world.verification(id);
        assertThat(report(1, SUBMITTED)).isFalse();
        assertThat(world.verification(id)).isEqualTo(before);
    }

    @Test
    void outOfOrderItNeverGoesBackwards() {
        assertThat(report(1, DELIVERED)).isTrue();
        assertThat(report(1, SUBMITTED)).isFalse();
        assertThat(report(1, UNDELIVERABLE)).isFalse();
        assertThat(world.verification(id).delivery(1)).contains(DELIVERED);
    }

    @Test
    void arrivalIsTheLastWord() {
        assertThat(report(1, UNDELIVERABLE)).isTrue();
        assertThat(report(1, DELIVERED)).isTrue();
        assertThat(world.verification(id).delivery(1)).contains(DELIVERED);
    }

    @Test
    void eachAttemptHasItsOwnNews() {
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        report(2, DELIVERED);
        report(1, UNDELIVERABLE);
        assertThat(world.verification(id).delivery(1)).contains(UNDELIVERABLE);
        assertThat(world.verification(id).delivery(2)).contains(DELIVERED);
    }

    @Test
    void anUnknownAttemptIsIgnored() {
        Verification before = world.verification(id);
        for (int attempt : new int[] {-1, 0, 2, Integer.MAX_VALUE}) {
            assertThat(report(attempt, DELIVERED)).isFalse();
        }
        assertThat(world.verification(id)).isEqualTo(before);
    }

    @Test
    void aReceiptLeavesTheOutboxAlone() {
        ReportDelivery receipt = new ReportDelivery(id, 1, "one", News.of(DELIVERED, world.now));
        View view = new View(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(world.verification(id)),
                _ -> Optional.empty(),
                new World().books());
        assertThat(receipt.decide(view, world.now).effects()).singleElement().isInstanceOf(Effect.Save.class);
    }

    @Test
    void keepsWhatTheProviderTellsBesides() {
        News news = new News(
                DELIVERED,
                world.now,
                Optional.of(Money.of("0.0075", "EUR")),
                Optional.of(new Network("20801")),
                Optional.of("000"));
        world.run(new ReportDelivery(id, 1, "one", news));
        assertThat(world.verification(id).events().getLast())
                .isEqualTo(new AttemptReported(world.now, 1, news, Optional.empty()));
    }

    @Test
    void aReceiptMayComeAfterTheWindow() {
        world.pass(Duration.ofDays(2));
        assertThat(report(1, DELIVERED)).isTrue();
    }

    @Test
    void onlyTheConnectionThatSentItIsBelieved() {
        world.policy = Policies.channels(true, Channel.SMS);
        world.table = new RoutingTable(
                List.of(World.candidate("one", Channel.SMS), World.candidate("two", Channel.SMS)), Map.of(), Set.of());
        UUID routed = world.create(8).verification();
        assertThat(receipt(routed, "three", SUBMITTED))
                .as("it is none of the route's")
                .isFalse();
        world.reportSend(routed, 1, World.submitted(0));

        assertThat(receipt(routed, "two", DELIVERED)).as("it was not asked").isFalse();
        assertThat(receipt(routed, "one", DELIVERED)).isTrue();
    }

    @Test
    void untilItIsKnownWhoSentItAnyOfTheRouteMayHave() {
        world.policy = Policies.channels(true, Channel.SMS);
        world.table = new RoutingTable(
                List.of(World.candidate("one", Channel.SMS), World.candidate("two", Channel.SMS)), Map.of(), Set.of());
        UUID routed = world.create(8).verification();

        assertThat(receipt(routed, "two", SUBMITTED))
                .as("faster than the answer")
                .isTrue();
        assertThat(receipt(routed, "two", IN_TRANSIT)).isTrue();
        world.reportSend(routed, 1, World.submitted(1));
        assertThat(receipt(routed, "one", DELIVERED)).as("it could not send it").isFalse();
        assertThat(receipt(routed, "two", DELIVERED)).isTrue();
    }

    @Test
    void whatAProviderTookAndDidNotSendCostsTheUserNothing() {
        world.reportSend(id, 1, World.submitted(0));
        assertThat(report(1, NOT_SENT)).isTrue();
        Verification after = world.verification(id);
        assertThat(after.isLost(1)).isTrue();
        assertThat(world.retry(id).result()).as("at once").isEqualTo(RetryReply.Result.APPROVED);
    }

    @Test
    void theNetworkThatReceiptsTellIsThatOfTheNextRoutes() {
        Network free = new Network("20815");
        world.table = new RoutingTable(
                List.of(
                        new Candidate(
                                new Lane("one", Channel.SMS),
                                Countries.ALL,
                                List.of(price(Optional.empty(), "0.04"), price(Optional.of(free), "0.06")),
                                Senders.ANY),
                        new Candidate(
                                new Lane("two", Channel.SMS),
                                Countries.ALL,
                                List.of(price(Optional.empty(), "0.05")),
                                Senders.ANY)),
                Map.of(),
                Set.of());
        UUID first = world.create(8).verification();
        assertThat(planned(first, 1)).isEqualTo("one");
        world.run(new ReportDelivery(
                first,
                1,
                "one",
                new News(DELIVERED, world.now, Optional.empty(), Optional.of(free), Optional.empty())));
        world.check(first, world.codeOf(first, 1));

        assertThat(planned(world.create(8).verification(), 1))
                .as("the dearer there")
                .isEqualTo("two");
        assertThat(planned(world.create(9).verification(), 1))
                .as("another number")
                .isEqualTo("one");
    }

    private static Price price(Optional<Network> network, String amount) {
        return new Price(Optional.empty(), Optional.empty(), network, Money.of(amount, "EUR"));
    }

    private String planned(UUID verification, int attempt) {
        return world.verification(verification)
                .attempts()
                .get(attempt - 1)
                .route()
                .hops()
                .getFirst()
                .connection();
    }

    private boolean receipt(UUID verification, String connection, DeliveryStatus status) {
        return world.run(new ReportDelivery(verification, 1, connection, News.of(status, world.now)))
                .isNews();
    }

    @Test
    void aProviderWhoseClockIsWrongDoesNotMoveOurs() {
        world.run(new ReportDelivery(id, 1, "one", News.of(DELIVERED, Instant.parse("1970-01-01T00:00:00Z"))));
        assertThat(world.verification(id).events().getLast().at()).isEqualTo(world.now);
    }

    @Property(tries = 300)
    void anySequenceMovesForwardOnly(@ForAll @Size(max = 12) List<DeliveryStatus> news) {
        World fresh = new World();
        UUID verification = fresh.create().verification();
        List<DeliveryStatus> expected = new ArrayList<>();
        for (DeliveryStatus status : news) {
            boolean isNews = expected.isEmpty()
                    || NEXT.getOrDefault(expected.getLast(), List.of()).contains(status);
            assertThat(fresh.report(verification, 1, status).isNews()).isEqualTo(isNews);
            if (isNews) {
                expected.add(status);
            }
        }
        Verification after = fresh.verification(verification);
        assertThat(after.events().stream()
                        .filter(AttemptReported.class::isInstance)
                        .map(event -> ((AttemptReported) event).status()))
                .containsExactlyElementsOf(expected);
        assertThat(after.delivery(1)).isEqualTo(news.isEmpty() ? Optional.empty() : Optional.of(expected.getLast()));
    }

    private boolean report(int attempt, DeliveryStatus status) {
        return world.report(id, attempt, status).isNews();
    }
}
