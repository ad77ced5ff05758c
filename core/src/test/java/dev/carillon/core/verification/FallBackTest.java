// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.message.Channel;
import dev.carillon.core.routing.Lane;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.verification.RetryReply.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FallBackTest {
    private final World world = new World();
    private UUID id = World.id(0);

    @BeforeEach
    void open() {
        world.policy = Policies.channels(true, Channel.SMS, Channel.WHATSAPP);
        world.table = new RoutingTable(
                List.of(
                        World.candidate("one", Channel.SMS),
                        World.candidate("two", Channel.SMS),
                        World.candidate("wa", Channel.WHATSAPP)),
                Map.of(),
                Set.of());
        id = world.create().verification();
    }

    @Test
    void goesByTheNextChannelWhenNothingIsHeard() {
        world.reportSend(id, 1, World.submitted(0));
        world.pass(Duration.ofSeconds(25));

        assertThat(world.fallBack(id, 1)).isTrue();

        assertThat(lane(2)).isEqualTo(new Lane("wa", Channel.WHATSAPP));
        assertThat(world.verification(id).attempts().get(1).automatic()).isTrue();
        assertThat(world.sent).hasSize(2);
        assertThat(world.looks).isEmpty();
    }

    @Test
    void isSafeToBeRepeated() {
        world.reportSend(id, 1, World.submitted(0));
        assertThat(world.fallBack(id, 1)).isTrue();
        assertThat(world.fallBack(id, 1)).isFalse();
        assertThat(world.sent).hasSize(2);
    }

    @Test
    void endsWhenEveryWayWasTried() {
        for (int attempt = 1; attempt <= 3; attempt++) {
            world.reportSend(id, attempt, World.submitted(0));
            world.report(id, attempt, DeliveryStatus.UNDELIVERABLE);
            assertThat(world.fallBack(id, attempt)).isEqualTo(attempt < 3);
        }
        assertThat(List.of(lane(1).connection(), lane(2).connection(), lane(3).connection()))
                .containsExactly("one", "wa", "two");
    }

    @Test
    void whatMayHaveBeenSentIsNotSentAgainByTheSameChannel() {
        world.policy = Policies.channels(true, Channel.SMS);
        world.reportSend(id, 1, World.unknown(0));
        assertThat(world.fallBack(id, 1)).isFalse();

        world.policy = Policies.channels(true, Channel.SMS, Channel.WHATSAPP);
        assertThat(world.fallBack(id, 1)).isTrue();
        assertThat(lane(2).channel()).isEqualTo(Channel.WHATSAPP);
    }

    @Test
    void doesNothingForAMessageThatArrived() {
        world.reportSend(id, 1, World.submitted(0));
        world.report(id, 1, DeliveryStatus.DELIVERED);
        assertThat(world.fallBack(id, 1)).isFalse();
    }

    @Test
    void doesNothingOnceTheCodeWasAccepted() {
        world.reportSend(id, 1, World.submitted(0));
        world.check(id, world.codeOf(id, 1));
        assertThat(world.fallBack(id, 1)).isFalse();
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void doesNothingAfterTheWindow() {
        world.reportSend(id, 1, World.submitted(0));
        world.pass(Duration.ofMinutes(10));
        assertThat(world.fallBack(id, 1)).isFalse();
    }

    @Test
    void doesNothingWhenNoCheckIsLeft() {
        world.reportSend(id, 1, World.submitted(0));
        for (int i = 0; i < 5; i++) {
            world.check(id, "000000");
        }
        assertThat(world.fallBack(id, 1)).isFalse();
    }

    @Test
    void doesNothingWhereTheAccountDoesNotWantIt() {
        world.reportSend(id, 1, World.submitted(0));
        world.policy = Policies.channels(false, Channel.SMS, Channel.WHATSAPP);
        assertThat(world.fallBack(id, 1)).isFalse();
    }

    @Test
    void doesNothingBeforeTheMessageWasSent() {
        assertThat(world.fallBack(id, 1)).isFalse();
    }

    @Test
    void doesNothingForAnUnknownVerification() {
        assertThat(world.run(new FallBack(
                        World.id(404), 1, World.id(5), world.policy, world.limitKeys, world.nextAttempt())))
                .isFalse();
    }

    @Test
    void isHeldBackByTheAccountsLimit() {
        world.pass(Duration.ofSeconds(1));
        world.policy = Policies.limit(LimitName.ACCOUNT, "1/1h");
        world.table = new RoutingTable(
                List.of(World.candidate("one", Channel.SMS), World.candidate("two", Channel.SMS)), Map.of(), Set.of());
        UUID other = world.create(8).verification();
        world.reportSend(other, 1, World.submitted(0));
        assertThat(world.fallBack(other, 1)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void takesThePlaceOfWhatCouldNotBeSent(Failure failure) {
        world.reportSend(id, 1, World.notSent(0, failure));
        boolean useful = failure == Failure.FAULT || failure == Failure.CHANNEL;
        assertThat(world.fallBack(id, 1)).isEqualTo(useful);
    }

    // ---- what the user has left

    @Test
    void costsTheUserNoRetry() {
        world.reportSend(id, 1, World.submitted(0));
        world.pass(Duration.ofSeconds(25));
        world.fallBack(id, 1);
        world.pass(Duration.ofSeconds(4));
        assertThat(world.retry(id).result()).isEqualTo(Result.DENIED);
        world.pass(Duration.ofSeconds(1));

        RetryReply.Answered answer = world.retry(id);

        assertThat(answer.result()).isEqualTo(Result.APPROVED);
        assertThat(answer.remaining()).isEqualTo(2);
    }

    @Test
    void aProvidersFaultCostsTheUserNothing() {
        for (int i = 0; i < 3; i++) {
            world.reportSend(id, i + 1, World.notSent(1, Failure.FAULT));
            RetryReply.Answered answer = world.retry(id);
            assertThat(answer.result()).isEqualTo(Result.APPROVED);
            assertThat(answer.remaining()).isEqualTo(3);
        }
        assertThat(world.retry(id).result()).isEqualTo(Result.DENIED);
    }

    @Test
    void aProvidersFaultCostsNothingEvenWhereThereAreNoRetries() {
        world.policy = Policies.retryAfter("");
        world.reportSend(id, 1, World.notSent(0, Failure.FAULT));
        assertThat(world.retry(id).result()).isEqualTo(Result.APPROVED);
        assertThat(world.retry(id).result()).isEqualTo(Result.DENIED);
    }

    @Test
    void aRefusedNumberCostsAsEver() {
        world.reportSend(id, 1, World.notSent(0, Failure.NUMBER));
        assertThat(world.retry(id).result()).isEqualTo(Result.DENIED);
    }

    @Test
    void faultsEndSomewhere() {
        int attempts = 1;
        do {
            world.reportSend(id, attempts, World.notSent(0, Failure.FAULT));
            attempts++;
        } while (world.retry(id).result() == Result.APPROVED);
        assertThat(world.verification(id).attempts()).hasSize(Verification.MAX_ATTEMPTS);
    }

    // ---- the way

    @Test
    void aRetryPrefersAnotherWay() {
        world.reportSend(id, 1, World.submitted(0));
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        assertThat(lane(2)).isEqualTo(new Lane("two", Channel.SMS));
        world.pass(Duration.ofSeconds(60));
        world.retry(id);
        assertThat(lane(3)).isEqualTo(new Lane("wa", Channel.WHATSAPP));
    }

    @Test
    void withNoConnectionTheMessageIsNotSentAndSaysSo() {
        world.table = new RoutingTable(List.of(), Map.of(), Set.of());
        world.pass(World.DAY);
        int sent = world.sent.size();

        UUID stuck = world.create().verification();

        Verification verification = world.verification(stuck);
        assertThat(world.sent).hasSize(sent);
        assertThat(verification.delivery(1)).contains(DeliveryStatus.NOT_SENT);
        assertThat(verification.attempts().getFirst().route().reasons()).containsExactly("no connection is left");
        assertThat(world.check(stuck, "000000")).isEqualTo(CheckResult.WITHOUT_ATTEMPT);
        assertThat(world.retry(stuck).refusal().map(Refusal::rule)).isEmpty();
    }

    private Lane lane(int attempt) {
        Verification verification = world.verification(id);
        return verification.hop(verification.attempts().get(attempt - 1)).lane();
    }
}
