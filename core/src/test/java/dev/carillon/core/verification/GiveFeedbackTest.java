// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.guard.Conversion;
import dev.carillon.core.guard.Guard;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GiveFeedbackTest {
    private static final UUID NUMBER = World.id(10_007);

    private final World world = new World();
    private Set<UUID> conversions = Set.of();

    @Test
    void isRecordedWithTheLatestVerification() {
        UUID first = world.create().verification();
        world.pass(Duration.ofMinutes(10));
        UUID second = world.create().verification();

        FeedbackReply reply = give(true);

        FeedbackGiven given = world.verification(second).feedback().orElseThrow();
        assertThat(reply).isEqualTo(new FeedbackReply.Recorded(given.id()));
        assertThat(given.onboarded()).isTrue();
        assertThat(given.at()).isEqualTo(world.now);
        assertThat(world.verification(first).feedback()).isEmpty();
    }

    @Test
    void aRefusedCreateIsNoVerificationToSpeakOf() {
        UUID first = world.create().verification();
        world.pass(Duration.ofMinutes(10));
        world.policy = Policies.limit(LimitName.NUMBER_HOUR, "1/1h");
        assertThat(world.create().refusal()).isPresent();

        assertThat(give(true)).isInstanceOf(FeedbackReply.Recorded.class);
        assertThat(world.verification(first).feedback()).isPresent();
    }

    @Test
    void theSameAgainIsADuplicateAndChangesNothing() {
        UUID id = world.create().verification();
        give(false);
        Verification before = world.verification(id);

        assertThat(give(false)).isEqualTo(new FeedbackReply.Duplicated());
        assertThat(world.verification(id)).isEqualTo(before);
    }

    @Test
    void aChangeOfMindIsRecorded() {
        UUID id = world.create().verification();
        give(false);
        assertThat(give(true)).isInstanceOf(FeedbackReply.Recorded.class);
        assertThat(world.verification(id).feedback().orElseThrow().onboarded()).isTrue();
    }

    @Test
    void changesOfMindEnd() {
        UUID id = world.create().verification();
        for (int i = 0; i < 100; i++) {
            give(i % 2 == 0);
        }
        assertThat(world.verification(id).events().stream().filter(FeedbackGiven.class::isInstance))
                .hasSize(10);
    }

    @Test
    void aNewVerificationHasItsOwnFeedback() {
        world.create();
        give(true);
        world.pass(Duration.ofMinutes(10));
        world.create();
        assertThat(give(true)).isInstanceOf(FeedbackReply.Recorded.class);
    }

    @Test
    void thirtyDaysAndNotLonger() {
        world.create();
        world.pass(Duration.ofDays(30).minusNanos(1));
        assertThat(give(true)).isInstanceOf(FeedbackReply.Recorded.class);
        world.pass(Duration.ofNanos(1));
        assertThat(give(false)).isEqualTo(new FeedbackReply.NoVerification());
    }

    @Test
    void noVerificationNoFeedback() {
        assertThat(give(true)).isEqualTo(new FeedbackReply.NoVerification());
    }

    @Test
    void anotherAccountKnowsNothingOfIt() {
        UUID id = world.create().verification();
        assertThat(world.run(new GiveFeedback(World.id(2), NUMBER, world.freshId(), true, _ -> Set.of())))
                .isEqualTo(new FeedbackReply.NoVerification());
        assertThat(world.verification(id).feedback()).isEmpty();
    }

    @Test
    void doesNotTouchTheWindow() {
        UUID id = world.create().verification();
        String code = world.codeOf(id, 1);
        give(false);
        assertThat(world.check(id, code)).isEqualTo(CheckResult.VALID);
    }

    @Test
    void isCountedWhereTheUserCameFrom() {
        UUID block = World.id(70);
        UUID country = World.id(71);
        conversions = Set.of(block, country);
        world.create();
        give(false);

        Limit one = Limit.parse("1/24h");
        assertThat(world.counters.get(block)).isInstanceOf(Conversion.class);
        assertThat(Guard.conversion(country, key -> Optional.ofNullable(world.counters.get(key)))
                        .isSuspicious(one, world.now))
                .isTrue();

        give(true);
        assertThat(Guard.conversion(country, key -> Optional.ofNullable(world.counters.get(key)))
                        .isSuspicious(one, world.now))
                .as("it thought better of it")
                .isFalse();
    }

    @Test
    void aDuplicateIsNotCounted() {
        conversions = Set.of(World.id(70));
        world.create();
        give(false);
        var counted = world.counters.get(World.id(70));
        world.pass(Duration.ofMinutes(1));
        give(false);
        assertThat(world.counters.get(World.id(70))).isEqualTo(counted);
    }

    @Test
    void usersThatWereNotRealStandAgainstOthersFromThere() {
        UUID block = World.id(70);
        world.limitKeys = Map.of(LimitName.ACCOUNT, World.id(90), LimitName.FEEDBACK_BLOCK, block);
        conversions = Set.of(block);
        for (int i = 0; i < 5; i++) {
            assertThat(world.create(7).refusal()).as("user " + i).isEmpty();
            give(false);
            world.pass(Duration.ofHours(1));
        }

        assertThat(world.create(8).refusal().orElseThrow().rule()).isEqualTo("feedback-block");
        world.returning = true;
        assertThat(world.create(9).refusal()).as("the customer vouches for it").isEmpty();
        world.returning = false;
        world.pass(Duration.ofHours(24));
        assertThat(world.create(10).refusal()).as("it is forgotten").isEmpty();
    }

    private FeedbackReply give(boolean onboarded) {
        return world.run(new GiveFeedback(World.ACCOUNT, NUMBER, world.freshId(), onboarded, _ -> conversions));
    }
}
