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

import dev.carillon.core.account.Money;
import dev.carillon.core.phone.Network;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

        assertThat(world.run(new ReportDelivery(id, 1, News.of(DELIVERED, theirs)))
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
        ReportDelivery receipt = new ReportDelivery(id, 1, News.of(DELIVERED, world.now));
        View view = new View(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(world.verification(id)),
                _ -> Optional.empty());
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
        world.run(new ReportDelivery(id, 1, news));
        assertThat(world.verification(id).events().getLast())
                .isEqualTo(new AttemptReported(world.now, 1, news, Optional.empty()));
    }

    @Test
    void aReceiptMayComeAfterTheWindow() {
        world.pass(Duration.ofDays(2));
        assertThat(report(1, DELIVERED)).isTrue();
    }

    @Test
    void aProviderWhoseClockIsWrongDoesNotMoveOurs() {
        world.run(new ReportDelivery(id, 1, News.of(DELIVERED, Instant.parse("1970-01-01T00:00:00Z"))));
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
