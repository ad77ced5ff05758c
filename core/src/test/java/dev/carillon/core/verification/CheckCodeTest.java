// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckCodeTest {
    private final World world = new World();
    private final UUID id = world.create().verification();
    private final String code = world.codeOf(id, 1);

    @Test
    void acceptsTheCodeOnce() {
        assertThat(world.check(id, code)).isEqualTo(CheckResult.VALID);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.ALREADY_VALIDATED);
        assertThat(world.check(id, "000000")).isEqualTo(CheckResult.INVALID);
    }

    @Test
    void acceptsACodeAsPeopleTypeIt() {
        assertThat(world.check(id, " " + code.substring(0, 3) + " - " + code.substring(3)))
                .isEqualTo(CheckResult.VALID);
    }

    @Test
    void acceptsDigitsOfAnyScript() {
        String arabic = code.chars()
                .mapToObj(digit -> Character.toString(0x0660 + digit - '0'))
                .reduce("", String::concat);
        assertThat(world.check(id, arabic)).isEqualTo(CheckResult.VALID);
    }

    @Test
    void hasFiveChecksAndNotOneMore() {
        for (int i = 0; i < 5; i++) {
            assertThat(world.check(id, "000000")).isEqualTo(CheckResult.INVALID);
        }
        assertThat(world.check(id, "000000")).isEqualTo(CheckResult.RATE_LIMITED);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.RATE_LIMITED);
    }

    @Test
    void anImpossibleCodeIsWrongLikeAnyOther() {
        for (String typed : new String[] {"", "12", "abcdef", "1".repeat(100), "12345\u0000"}) {
            assertThat(world.check(id, typed)).isEqualTo(CheckResult.INVALID);
        }
        assertThat(world.check(id, code)).isEqualTo(CheckResult.RATE_LIMITED);
    }

    @Test
    void theBudgetIsOneOverAllCodes() {
        world.check(id, "000000");
        world.check(id, "000000");
        world.check(id, "000000");
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        world.check(id, "000000");
        world.check(id, "000000");
        assertThat(world.check(id, world.codeOf(id, 2))).isEqualTo(CheckResult.RATE_LIMITED);
        world.pass(Duration.ofSeconds(60));
        assertThat(world.retry(id).result()).isEqualTo(RetryReply.Result.RATE_LIMITED);
        assertThat(world.create().refusal().orElseThrow().rule()).isEqualTo("max-checks");
    }

    @Test
    void theLastCheckOfTheBudgetCanBeTheRightOne() {
        for (int i = 0; i < 4; i++) {
            world.check(id, "000000");
        }
        assertThat(world.check(id, code)).isEqualTo(CheckResult.VALID);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.ALREADY_VALIDATED);
    }

    @Test
    void theAcceptedCodeCannotBeGuessedAfterwards() {
        world.check(id, code);
        for (int i = 0; i < 5; i++) {
            assertThat(world.check(id, "000000")).isEqualTo(CheckResult.INVALID);
        }
        assertThat(world.check(id, "000000")).isEqualTo(CheckResult.RATE_LIMITED);
    }

    @Test
    void expiresToTheInstant() {
        world.pass(Duration.ofMinutes(10).minusNanos(1));
        assertThat(world.check(id, "000000")).isEqualTo(CheckResult.INVALID);
        world.pass(Duration.ofNanos(1));
        assertThat(world.check(id, code)).isEqualTo(CheckResult.EXPIRED);
    }

    @Test
    void aClockThatIsSetBackOpensNothing() {
        world.pass(Duration.ofMinutes(10));
        assertThat(world.check(id, code)).isEqualTo(CheckResult.EXPIRED);
        world.pass(Duration.ofMinutes(-5));
        assertThat(world.check(id, code)).isEqualTo(CheckResult.EXPIRED);
    }

    @Test
    void anAcceptedCodeIsToldAfterTheWindowToo() {
        world.check(id, code);
        world.pass(Duration.ofHours(1));
        assertThat(world.check(id, code)).isEqualTo(CheckResult.ALREADY_VALIDATED);
        assertThat(world.check(id, "000000")).isEqualTo(CheckResult.INVALID);
    }

    @Test
    void anyCodeOfTheWindowIsAccepted() {
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        String second = world.codeOf(id, 2);
        assertThat(second).isNotEqualTo(code);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.VALID);
        assertThat(world.check(id, second)).isEqualTo(CheckResult.INVALID);
    }

    @Test
    void onlyTheLatestWhereThePolicySaysSo() {
        world.policy = CreateVerificationTest.policy(Limits.STANDARD, AcceptCodes.LATEST, true);
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.INVALID);
        assertThat(world.check(id, world.codeOf(id, 2))).isEqualTo(CheckResult.VALID);
    }

    @Test
    void aRetryRepeatsTheCodeWhereThePolicySaysSo() {
        world.policy = CreateVerificationTest.policy(Limits.STANDARD, AcceptCodes.SAME, true);
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        assertThat(world.codeOf(id, 2)).isEqualTo(code);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.VALID);
    }

    @Test
    void withoutAttemptWhenNothingEverLeft() {
        world.report(id, 1, DeliveryStatus.NOT_SENT);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.WITHOUT_ATTEMPT);
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        assertThat(world.check(id, world.codeOf(id, 2))).isEqualTo(CheckResult.VALID);
    }

    @Test
    void comparesWhileTheMessageIsStillQueued() {
        assertThat(world.verification(id).delivery(1)).isEmpty();
        assertThat(world.check(id, code)).isEqualTo(CheckResult.VALID);
    }

    @Test
    void anotherAccountKnowsNothingOfIt() {
        assertThat(world.run(new CheckCode(World.id(2), world.policy, id, world.freshId(), Code.typed(code), world)))
                .isEqualTo(new CheckReply.Unknown());
        assertThat(world.check(id, code)).isEqualTo(CheckResult.VALID);
    }

    @Test
    void aRotatedPepperLeavesOpenWindowsAlone() {
        world.pepper = 2;
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        assertThat(world.verification(id)
                        .attempts()
                        .getLast()
                        .code()
                        .orElseThrow()
                        .pepper())
                .isEqualTo(2);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.VALID);
    }

    @Test
    void aValidCheckErasesTheCodes() {
        world.check(id, code);
        assertThat(world.verification(id).attempts())
                .extracting(AttemptQueued::content)
                .containsOnly(Optional.empty());
    }

    @Test
    void aFloodOfRefusedChecksIsToldOnce() {
        for (int i = 0; i < 100; i++) {
            world.check(id, "000000");
        }
        assertThat(world.verification(id).events().stream().filter(CodeChecked.class::isInstance))
                .hasSize(6);
    }
}
