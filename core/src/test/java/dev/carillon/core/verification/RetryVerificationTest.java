// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.TestNumber;
import dev.carillon.core.account.TestNumber.Outcome;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.verification.RetryReply.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryVerificationTest {
    private final World world = new World();
    private final Instant start = world.now;
    private final UUID id = world.create().verification();
    private final Instant end = start.plus(Duration.ofMinutes(10));

    @Test
    void followsTheSchedule() {
        at(30);
        assertAnswer(world.retry(id), Result.APPROVED, seconds(30), seconds(90), 2);
        at(90);
        assertAnswer(world.retry(id), Result.APPROVED, seconds(90), seconds(210), 1);
        at(210);
        assertAnswer(world.retry(id), Result.APPROVED, seconds(210), end, 0);
        assertThat(world.sent).extracting(Effect.Send::attempt).containsExactly(1, 2, 3, 4);
    }

    @Test
    void everyRetryHasANewCode() {
        at(30);
        world.retry(id);
        at(90);
        world.retry(id);
        assertThat(new String[] {world.codeOf(id, 1), world.codeOf(id, 2), world.codeOf(id, 3)})
                .doesNotHaveDuplicates();
    }

    @Test
    void aDenialDoesNotConsumeARetry() {
        Verification before = world.verification(id);
        at(30);
        world.now = world.now.minusNanos(1);

        for (int i = 0; i < 10; i++) {
            RetryReply.Answered answer = world.retry(id);
            assertAnswer(answer, Result.DENIED, start, seconds(30), 3);
            assertThat(answer.refusal()).contains(Refusal.rateLimited("retry-after", seconds(30)));
        }

        assertThat(world.verification(id)).isEqualTo(before);
        at(30);
        assertAnswer(world.retry(id), Result.APPROVED, seconds(30), seconds(90), 2);
    }

    @Test
    void aLateRetryMovesTheNextOne() {
        at(300);
        assertAnswer(world.retry(id), Result.APPROVED, seconds(300), seconds(360), 2);
    }

    @Test
    void deniedWhenNoneIsLeft() {
        for (int seconds : new int[] {30, 90, 210}) {
            at(seconds);
            world.retry(id);
        }
        at(500);
        assertAnswer(world.retry(id), Result.DENIED, seconds(210), end, 0);
        assertThat(world.sent).hasSize(4);
    }

    @Test
    void deniedWhereThePolicyHasNoRetries() {
        world.policy = Policies.retryAfter("");
        at(300);
        assertAnswer(world.retry(id), Result.DENIED, start, end, 0);
    }

    @Test
    void aScheduleThatIsShortenedHoldsForOpenWindows() {
        at(30);
        world.retry(id);
        at(90);
        world.retry(id);
        world.policy = Policies.retryAfter("30s");
        at(400);
        assertAnswer(world.retry(id), Result.DENIED, seconds(90), end, 0);
    }

    @Test
    void expiresToTheInstant() {
        at(600);
        world.now = world.now.minusNanos(1);
        assertThat(world.retry(id).result()).isEqualTo(Result.APPROVED);
        at(600);
        assertAnswer(world.retry(id), Result.EXPIRED, end.minusNanos(1), end, 0);
    }

    @Test
    void alreadyValidatedEvenAfterTheWindow() {
        world.check(id, world.codeOf(id, 1));
        at(30);
        assertAnswer(world.retry(id), Result.ALREADY_VALIDATED, start, end, 0);
        at(6000);
        assertAnswer(world.retry(id), Result.ALREADY_VALIDATED, start, end, 0);
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void aRefusedCreateHasNothingToRetry() {
        at(600);
        world.policy = Policies.limit(LimitName.NUMBER_HOUR, "1/1h");
        CreateReply.Answered refused = world.create();
        assertThat(refused.refusal()).isPresent();
        at(700);
        assertAnswer(world.retry(refused.verification()), Result.NO_ATTEMPT, seconds(600), seconds(600), 0);
        at(7000);
        assertThat(world.retry(refused.verification()).result()).isEqualTo(Result.NO_ATTEMPT);
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void theAccountsLimitRefusesAndKeepsTheSchedule() {
        at(1);
        world.policy = Policies.limit(LimitName.ACCOUNT, "1/1h");
        assertThat(world.create(8).refusal()).isEmpty();
        at(30);

        RetryReply.Answered answer = world.retry(id);

        assertAnswer(answer, Result.RATE_LIMITED, start, seconds(30), 3);
        assertThat(answer.refusal().orElseThrow().rule()).isEqualTo("account");
        assertThat(world.verification(id).attempts()).hasSize(1);
    }

    @Test
    void aMessageIsTakenFromTheAccountsLimitOnlyWhenItIsSent() {
        world.policy = Policies.limit(LimitName.ACCOUNT, "3/1h");
        world.retry(id);
        world.retry(id);
        at(30);
        assertThat(world.retry(id).result()).isEqualTo(Result.APPROVED);
        at(90);
        assertThat(world.retry(id).result()).isEqualTo(Result.APPROVED);
    }

    @Test
    void noMessageForACodeThatCouldNotBeChecked() {
        world.policy = Policies.maxChecks(1);
        world.check(id, "000000");
        at(30);

        RetryReply.Answered answer = world.retry(id);

        assertAnswer(answer, Result.RATE_LIMITED, start, seconds(30), 3);
        assertThat(answer.refusal()).contains(Refusal.rateLimited("max-checks", end));
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void aMessageThatTheProviderDidNotSendAfterAllIsRetriedAtOnce() {
        world.report(id, 1, DeliveryStatus.NOT_SENT);
        assertThat(world.retry(id).result()).isEqualTo(Result.APPROVED);
        assertThat(world.retry(id).result()).as("that one is on its way").isEqualTo(Result.DENIED);
    }

    @Test
    void aTestNumberGetsNoMessageAndKeepsItsCode() {
        world.testNumber = Optional.of(new TestNumber("+15005550006", "424242", Outcome.VALID));
        UUID test = world.create(1).verification();
        world.pass(Duration.ofSeconds(30));

        assertThat(world.retry(test).result()).isEqualTo(Result.APPROVED);

        assertThat(world.codeOf(test, 2)).isEqualTo("424242");
        assertThat(world.verification(test).delivery(2)).contains(DeliveryStatus.DELIVERED);
        assertThat(world.sent).hasSize(1);
        assertThat(world.check(test, "424242")).isEqualTo(CheckResult.VALID);
    }

    @Test
    void aClockThatIsSetBackSendsNothingTwice() {
        at(30);
        world.retry(id);
        at(-3600);
        assertAnswer(world.retry(id), Result.DENIED, seconds(30), seconds(90), 2);
    }

    @Test
    void anotherAccountKnowsNothingOfIt() {
        at(30);
        RetryVerification theirs =
                new RetryVerification(World.id(2), world.policy, id, world.limitKeys, world.nextAttempt());
        assertThat(world.run(theirs)).isEqualTo(new RetryReply.Unknown());
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void unknownWhenThereIsNone() {
        RetryVerification unknown = new RetryVerification(
                World.ACCOUNT, world.policy, world.freshId(), world.limitKeys, world.nextAttempt());
        assertThat(world.run(unknown)).isEqualTo(new RetryReply.Unknown());
    }

    private void at(int seconds) {
        world.now = seconds(seconds);
    }

    private Instant seconds(int seconds) {
        return start.plusSeconds(seconds);
    }

    private static void assertAnswer(
            RetryReply.Answered answer, Result result, Instant createdAt, Instant nextRetryAt, int remaining) {
        assertThat(answer.result()).isEqualTo(result);
        assertThat(answer.createdAt()).isEqualTo(createdAt);
        assertThat(answer.nextRetryAt()).isEqualTo(nextRetryAt);
        assertThat(answer.remaining()).isEqualTo(remaining);
    }
}
