// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Money;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.message.Channel;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import dev.carillon.core.verification.VerificationEvent.AttemptRouted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportSendTest {
    private static final UUID REFERENCE = World.id(77);

    private final World world = new World();
    private UUID id = World.id(0);

    @BeforeEach
    void open() {
        world.policy = Policies.channels(true, Channel.SMS, Channel.WHATSAPP);
        world.table = new RoutingTable(
                List.of(World.candidate("one", Channel.SMS), World.candidate("wa", Channel.WHATSAPP)),
                Map.of(),
                Set.of());
        id = world.create().verification();
    }

    @Test
    void withOneWayItIsOneEvent() {
        world.table = new RoutingTable(List.of(World.candidate("one", Channel.SMS)), Map.of(), Set.of());
        UUID simple = world.create(8).verification();
        assertThat(world.reportSend(simple, 1, World.submitted(0)).isNews()).isTrue();
        assertThat(world.verification(simple).events()).hasSize(2).last().isInstanceOf(AttemptReported.class);
    }

    @Test
    void withSeveralItIsToldWhichWasUsed() {
        world.reportSend(id, 1, World.submitted(0));
        assertThat(world.verification(id).routed(1)).map(AttemptRouted::hop).contains(0);
        assertThat(hop()).isEqualTo(new Hop(Channel.SMS, "one", "Acme"));
    }

    @Test
    void whatWasTakenForFraudIsNotOfferedToAnother() {
        world.reportSend(id, 1, World.notSent(0, Failure.FRAUD));
        world.pass(Duration.ofSeconds(30));
        RetryReply.Answered refused = world.retry(id);
        assertThat(refused.result()).isEqualTo(RetryReply.Result.RATE_LIMITED);
        assertThat(refused.refusal()).contains(Refusal.spam("provider"));
        assertThat(world.create().refusal()).contains(Refusal.spam("provider"));
        assertThat(world.fallBack(id, 1)).isFalse();
        assertThat(world.verification(id).attempts()).hasSize(1);
    }

    @Test
    void tellsTheWayThatWasReallyUsed() {
        SendOutcome outcome = new SendOutcome(
                DeliveryStatus.SUBMITTED,
                Optional.empty(),
                1,
                Set.of(Channel.SMS),
                Optional.of("p-1"),
                Optional.of(Money.of("0.05", "EUR")));
        world.reportSend(id, 1, outcome);

        assertThat(hop()).isEqualTo(new Hop(Channel.WHATSAPP, "wa", "Acme"));
        assertThat(world.verification(id).events())
                .contains(new AttemptRouted(
                        world.now,
                        1,
                        1,
                        Set.of(Channel.SMS),
                        Optional.of("p-1"),
                        Optional.of(Money.of("0.05", "EUR"))));
    }

    @Test
    void theWayIsToldAlsoWhenAReceiptWasFaster() {
        world.report(id, 1, DeliveryStatus.DELIVERED);
        world.reportSend(id, 1, World.submitted(1));
        assertThat(world.verification(id).delivery(1)).contains(DeliveryStatus.DELIVERED);
        assertThat(hop().connection()).isEqualTo("wa");
    }

    @Test
    void receiptsUnderTheProvidersIdFindTheMessage() {
        world.reportSend(id, 1, World.submitted(0), Optional.of(REFERENCE));
        world.pass(Duration.ofHours(90));
        assertThat(receipt(DeliveryStatus.DELIVERED).isNews()).isTrue();
        assertThat(world.verification(id).delivery(1)).contains(DeliveryStatus.DELIVERED);
        assertThat(receipt(DeliveryStatus.UNDELIVERABLE).isNews()).isFalse();
    }

    @Test
    void receiptsThatCameBeforeAreHeldForAMinute() {
        assertThat(receipt(DeliveryStatus.IN_TRANSIT)).isEqualTo(Reported.NOTHING);
        receipt(DeliveryStatus.UNDELIVERABLE);
        receipt(DeliveryStatus.DELIVERED);
        world.pass(Duration.ofSeconds(60).minusNanos(1));

        world.reportSend(id, 1, World.submitted(0), Optional.of(REFERENCE));

        assertThat(statuses())
                .containsExactly(
                        DeliveryStatus.SUBMITTED,
                        DeliveryStatus.IN_TRANSIT,
                        DeliveryStatus.UNDELIVERABLE,
                        DeliveryStatus.DELIVERED);
    }

    @Test
    void afterAMinuteAReceiptForAnUnknownIdIsForgotten() {
        receipt(DeliveryStatus.DELIVERED);
        world.pass(Duration.ofSeconds(60));
        world.reportSend(id, 1, World.submitted(0), Optional.of(REFERENCE));
        assertThat(statuses()).containsExactly(DeliveryStatus.SUBMITTED);
    }

    @Test
    void whatIsHeldDoesNotGrow() {
        for (int i = 0; i < 100; i++) {
            List.of(DeliveryStatus.values()).forEach(this::receipt);
        }
        assertThat(world.references.values())
                .singleElement()
                .isInstanceOfSatisfying(
                        Reference.Held.class, held -> assertThat(held.news()).hasSize(6));
    }

    @Test
    void aReceiptOfAMessageThatWasErasedIsIgnored() {
        world.reportSend(id, 1, World.submitted(0), Optional.of(REFERENCE));
        world.verifications.clear();
        assertThat(receipt(DeliveryStatus.DELIVERED)).isEqualTo(Reported.NOTHING);
    }

    @Test
    void somebodyLooksAgain() {
        world.reportSend(id, 1, World.submitted(0));
        assertThat(world.looks.values()).singleElement().satisfies(look -> assertThat(look.due())
                .isEqualTo(world.now.plusSeconds(25)));
        world.report(id, 1, DeliveryStatus.DELIVERED);
        assertThat(world.looks).isEmpty();
    }

    @Test
    void somebodyLooksAtOnceAtWhatIsLost() {
        world.reportSend(id, 1, World.notSent(1, Failure.FAULT));
        assertThat(world.looks.values()).singleElement().satisfies(look -> assertThat(look.due())
                .isEqualTo(world.now));
    }

    @Test
    void nobodyLooksAtWhatIsSettled() {
        world.report(id, 1, DeliveryStatus.DELIVERED);
        world.reportSend(id, 1, World.submitted(0));
        assertThat(world.looks).isEmpty();

        world.pass(World.DAY);
        UUID refused = world.create().verification();
        world.reportSend(refused, 1, World.notSent(0, Failure.NUMBER));
        assertThat(world.looks).isEmpty();
    }

    @Test
    void theItemIsDoneWithEvenWhenTheVerificationIsGone() {
        UUID item = World.id(5);
        ReportSend command =
                new ReportSend(World.id(404), 1, item, World.submitted(0), Optional.empty(), Optional.empty());
        View nothing = new View(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                _ -> Optional.empty(),
                new World().books());
        assertThat(command.decide(nothing, world.now).effects()).containsExactly(new Effect.Done(item));
    }

    @Test
    void aValidCheckIsNotUndoneByANewsOfTheMessage() {
        assertThat(world.check(id, world.codeOf(id, 1))).isEqualTo(CheckResult.VALID);
        world.reportSend(id, 1, World.submitted(0));
        assertThat(world.looks).as("the window is closed").isEmpty();
        assertThat(world.verification(id).accepted()).isPresent();
    }

    private Reported receipt(DeliveryStatus status) {
        return world.run(new ReportByReference(REFERENCE, News.of(status, world.now)));
    }

    private Hop hop() {
        Verification verification = world.verification(id);
        return verification.hop(verification.attempts().getFirst());
    }

    private List<DeliveryStatus> statuses() {
        return world.verification(id).events().stream()
                .filter(AttemptReported.class::isInstance)
                .map(event -> ((AttemptReported) event).status())
                .toList();
    }
}
