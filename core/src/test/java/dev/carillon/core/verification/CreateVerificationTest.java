// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Policy;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.account.TestNumber.Outcome;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.guard.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreateVerificationTest {
    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final World world = new World();

    @Test
    void opensAWindowAndSendsOneMessage() {
        CreateReply.Answered answer = world.create();

        assertThat(answer.refusal()).isEmpty();
        assertThat(answer.createdAt()).isEqualTo(world.now);
        assertThat(answer.expiresAt()).contains(world.now.plus(Duration.ofMinutes(10)));
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void insideAnOpenWindowItIsARetryOnTheSchedule() {
        CreateReply.Answered first = world.create();
        for (int seconds : new int[] {30, 60, 120}) {
            world.pass(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(refusedBy(world.create())).isEqualTo("retry-after");
            world.pass(Duration.ofNanos(1));
            assertThat(world.create()).isEqualTo(first);
        }
        world.pass(Duration.ofMinutes(5));
        assertThat(refusedBy(world.create())).isEqualTo("retry-after");
        assertThat(world.sent).hasSize(4);
        assertThat(world.verifications).hasSize(1);
    }

    @Test
    void withoutAutoRetryItNeverSendsInsideAWindow() {
        world.policy = policy(Limits.STANDARD, AcceptCodes.ANY, false);
        UUID first = world.create().verification();
        world.pass(Duration.ofMinutes(1));

        CreateReply.Answered again = world.create();

        assertThat(again.verification()).isEqualTo(first);
        assertThat(refusedBy(again)).isEqualTo("auto-retry");
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void theSameCreateWithinTwoSecondsIsANetworkRetry() {
        CreateReply first = world.run(world.command(7, 42, Optional.empty()));
        world.pass(TWO_SECONDS.minusNanos(1));
        assertThat(world.run(world.command(7, 42, Optional.empty()))).isEqualTo(first);
        assertThat(refusedBy((CreateReply.Answered) world.run(world.command(7, 43, Optional.empty()))))
                .isEqualTo("retry-after");
        world.pass(Duration.ofNanos(1));
        assertThat(refusedBy((CreateReply.Answered) world.run(world.command(7, 42, Optional.empty()))))
                .isEqualTo("retry-after");
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void theSameCreateRightAfterAValidCheckOpensANewWindow() {
        CreateReply.Answered first = (CreateReply.Answered) world.run(world.command(7, 42, Optional.empty()));
        world.check(first.verification(), world.codeOf(first.verification(), 1));

        CreateReply.Answered second = (CreateReply.Answered) world.run(world.command(7, 42, Optional.empty()));

        assertThat(second.refusal()).isEmpty();
        assertThat(second.verification()).isNotEqualTo(first.verification());
    }

    @Test
    void anIdempotencyKeyAnswersTheSameForADay() {
        Optional<UUID> key = Optional.of(World.id(70));
        CreateReply first = world.run(world.command(7, 42, key));
        world.pass(Duration.ofHours(24).minusNanos(1));
        assertThat(world.run(world.command(7, 42, key))).isEqualTo(first);
        assertThat(world.run(world.command(7, 43, key))).isEqualTo(new CreateReply.KeyReused());
        assertThat(world.sent).hasSize(1);
        world.pass(Duration.ofNanos(1));
        assertThat(world.run(world.command(7, 42, key))).isNotEqualTo(first);
    }

    @Test
    void afterTheWindowANewOneOpensAndNamesTheOneBefore() {
        UUID first = world.create().verification();
        world.pass(Duration.ofMinutes(10));

        UUID second = world.create().verification();

        assertThat(second).isNotEqualTo(first);
        assertThat(world.verification(second).previous()).contains(first);
    }

    @Test
    void theCooldownHoldsAcrossWindows() {
        UUID id = world.create().verification();
        for (int seconds : new int[] {30, 60, 120}) {
            world.pass(Duration.ofSeconds(seconds));
            world.retry(id);
        }
        world.policy = withLimit(LimitName.NUMBER_COOLDOWN, "1/10m");
        world.pass(Duration.ofMinutes(10).minusSeconds(210));

        CreateReply.Answered refused = world.create();

        assertThat(refusedBy(refused)).isEqualTo("number-cooldown");
        assertThat(refused.expiresAt()).isEmpty();
        assertThat(refused.refusal().orElseThrow().availableAt()).contains(world.now.plus(Duration.ofSeconds(210)));
    }

    @Test
    void aNumberHasItsShareOfWindows() {
        for (LimitName name : new LimitName[] {LimitName.NUMBER_HOUR, LimitName.NUMBER_DAY}) {
            World fresh = new World();
            fresh.policy = withLimit(name, "2/1h");
            assertThat(fresh.create().refusal()).isEmpty();
            fresh.pass(Duration.ofMinutes(10));
            assertThat(fresh.create().refusal()).isEmpty();
            fresh.pass(Duration.ofMinutes(10));
            assertThat(refusedBy(fresh.create())).isEqualTo(name.text());
            fresh.pass(Duration.ofMinutes(10));
            assertThat(fresh.create().refusal()).isEmpty();
        }
    }

    @Test
    void aValidCheckClearsWhatTheNumberHadSpent() {
        world.policy = withLimit(LimitName.NUMBER_HOUR, "1/1h");
        for (int i = 0; i < 5; i++) {
            CreateReply.Answered answer = world.create();
            assertThat(answer.refusal()).isEmpty();
            assertThat(world.check(answer.verification(), world.codeOf(answer.verification(), 1)))
                    .isEqualTo(CheckResult.VALID);
        }
        assertThat(world.create().refusal()).isEmpty();
        world.pass(Duration.ofMinutes(10));
        assertThat(refusedBy(world.create())).isEqualTo("number-hour");
    }

    @Test
    void aRefusedNumberGetsTheSameVerificationForAWhile() {
        world.policy = withLimit(LimitName.NUMBER_HOUR, "1/1h");
        world.create();
        world.pass(Duration.ofMinutes(10));

        CreateReply.Answered refused = world.create();
        CreateReply.Answered again = world.create();

        assertThat(again.verification()).isEqualTo(refused.verification());
        assertThat(world.verifications).hasSize(2);
        assertThat(world.check(refused.verification(), "123456")).isEqualTo(CheckResult.WITHOUT_ATTEMPT);
        assertThat(world.retry(refused.verification()).result()).isEqualTo(RetryReply.Result.NO_ATTEMPT);
        world.pass(Duration.ofMinutes(10));
        assertThat(world.create().verification()).isNotEqualTo(refused.verification());
    }

    @Test
    void everyLimitOfTheRequestIsCountedOnItsOwn() {
        for (LimitName name :
                new LimitName[] {LimitName.IP, LimitName.IP_HOUR, LimitName.SUBNET, LimitName.DEVICE, LimitName.ACCOUNT
                }) {
            World fresh = new World();
            fresh.limitKeys = Map.of(name, World.id(60));
            fresh.policy = withLimit(name, "2/1h");
            assertThat(fresh.create(1).refusal()).isEmpty();
            assertThat(fresh.create(2).refusal()).isEmpty();
            assertThat(refusedBy(fresh.create(3))).isEqualTo(name.text());
            fresh.pass(Duration.ofMinutes(30));
            assertThat(fresh.create(4).refusal()).isEmpty();
        }
    }

    @Test
    void aRefusalTakesNothingFromTheOtherLimits() {
        world.limitKeys = Map.of(LimitName.IP, World.id(60), LimitName.DEVICE, World.id(61));
        world.policy = policy(
                Limits.STANDARD
                        .with(LimitName.IP, Optional.of(Limit.parse("2/1h")))
                        .with(LimitName.DEVICE, Optional.of(Limit.parse("1/1m"))),
                AcceptCodes.ANY,
                true);
        world.create(1);
        for (int i = 2; i < 10; i++) {
            assertThat(refusedBy(world.create(i))).isEqualTo("device");
        }
        world.pass(Duration.ofMinutes(1));
        assertThat(world.create(10).refusal()).isEmpty();
    }

    @Test
    void manyUnverifiedNeighboursAreSpam() {
        for (int suffix = 0; suffix < 16; suffix++) {
            assertThat(world.create(suffix).refusal()).isEmpty();
        }
        CreateReply.Answered refused = world.create(16);
        assertThat(refused.refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.SPAM);
        assertThat(refusedBy(refused)).isEqualTo("block");
        assertThat(refused.expiresAt()).isEmpty();
        assertThat(world.check(refused.verification(), "123456")).isEqualTo(CheckResult.WITHOUT_ATTEMPT);

        world.returning = true;
        assertThat(world.create(17).refusal()).isEmpty();
        world.returning = false;
        world.pass(Duration.ofMinutes(10));
        assertThat(world.create(18).refusal()).isEmpty();
    }

    @Test
    void neighboursThatVerifyAreWelcome() {
        for (int suffix = 0; suffix < 100; suffix++) {
            CreateReply.Answered answer = world.create(suffix);
            assertThat(answer.refusal()).isEmpty();
            world.check(answer.verification(), world.codeOf(answer.verification(), 1));
        }
    }

    @Test
    void aTestNumberGetsNoMessageAndAcceptsItsCodeOnly() {
        world.testNumber = Optional.of(new TestNumber("+15005550006", "424242", Outcome.VALID));
        UUID id = world.create().verification();

        assertThat(world.sent).isEmpty();
        assertThat(world.verification(id).delivery(1)).contains(DeliveryStatus.DELIVERED);
        assertThat(world.create().refusal()).isEmpty();
        assertThat(world.check(id, "000000")).isEqualTo(CheckResult.INVALID);
        world.pass(Duration.ofSeconds(30));
        assertThat(world.retry(id).result()).isEqualTo(RetryReply.Result.APPROVED);
        assertThat(world.sent).isEmpty();
        assertThat(world.check(id, "424242")).isEqualTo(CheckResult.VALID);
    }

    @Test
    void aTestNumberHasABudgetOfChecksToo() {
        world.testNumber = Optional.of(new TestNumber("+15005550006", "424242", Outcome.VALID));
        UUID id = world.create().verification();
        for (int i = 0; i < 5; i++) {
            world.check(id, "000000");
        }
        assertThat(world.check(id, "424242")).isEqualTo(CheckResult.RATE_LIMITED);
    }

    @Test
    void aTestNumberFollowsItsScript() {
        world.testNumber = Optional.of(new TestNumber("+15005550006", "424242", Outcome.RATE_LIMITED));
        assertThat(refusedBy(world.create(1))).isEqualTo("test-number");
        world.testNumber = Optional.of(new TestNumber("+15005550006", "424242", Outcome.SPAM));
        assertThat(world.create(2).refusal().orElseThrow().kind()).isEqualTo(Refusal.Kind.SPAM);
        world.testNumber = Optional.of(new TestNumber("+15005550006", "424242", Outcome.EXPIRED));
        assertThat(world.check(world.create(3).verification(), "424242")).isEqualTo(CheckResult.EXPIRED);
        world.testNumber = Optional.of(new TestNumber("+15005550006", "424242", Outcome.INVALID));
        assertThat(world.check(world.create(4).verification(), "424242")).isEqualTo(CheckResult.INVALID);
    }

    private static String refusedBy(CreateReply.Answered answer) {
        return answer.refusal().map(Refusal::rule).orElse("nothing");
    }

    private static Policy withLimit(LimitName name, String limit) {
        return policy(Limits.STANDARD.with(name, Optional.of(Limit.parse(limit))), AcceptCodes.ANY, true);
    }

    static Policy policy(Limits limits, AcceptCodes accept, boolean autoRetry) {
        return Policies.of(5, "30s,60s,120s", accept, autoRetry, limits);
    }
}
