// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.guard.LimitName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EraseNumberTest {
    private static final UUID NUMBER = World.id(10_007);

    private final World world = new World();

    @Test
    void forgetsTheWholeChainWithTheRefusedOnes() {
        world.create();
        world.pass(Duration.ofMinutes(10));
        world.create();
        world.pass(Duration.ofMinutes(10));
        world.policy = Policies.limit(LimitName.NUMBER_HOUR, "1/1h");
        assertThat(world.create().refusal()).isPresent();
        world.policy = Policies.limit(LimitName.NUMBER_HOUR, "10/1h");
        world.create();
        assertThat(world.verifications).hasSize(4);

        assertThat(eraseAll()).isEqualTo(4);

        assertThat(world.verifications).isEmpty();
        assertThat(world.numbers).isEmpty();
    }

    @Test
    void forgetsTheNewestFirst() {
        UUID first = world.create().verification();
        world.pass(Duration.ofMinutes(10));
        world.create();

        world.run(new EraseNumber(NUMBER));

        assertThat(world.verifications).containsOnlyKeys(first);
        assertThat(world.numbers.get(NUMBER)).extracting(NumberRecord::newest).isEqualTo(first);
    }

    @Test
    void leavesOtherNumbersAlone() {
        UUID other = world.create(8).verification();
        world.create(7);
        eraseAll();
        assertThat(world.verifications).containsOnlyKeys(other);
        assertThat(world.numbers).containsOnlyKeys(World.id(10_008));
    }

    @Test
    void nothingToForget() {
        assertThat(world.run(new EraseNumber(NUMBER))).isFalse();
    }

    @Test
    void whatIsQueuedIsNotSentAnyMore() {
        UUID id = world.create().verification();
        world.pass(Duration.ofSeconds(30));
        world.retry(id);
        List<UUID> attempts = world.sent.stream().map(Effect.Send::attemptId).toList();
        EraseNumber command = new EraseNumber(NUMBER);
        View view = new View(
                Optional.empty(),
                Optional.ofNullable(world.numbers.get(NUMBER)),
                Optional.empty(),
                Optional.of(world.verification(id)),
                _ -> Optional.empty(),
                new World().books());

        assertThat(command.decide(view, world.now).effects())
                .containsExactly(
                        new Effect.Forget(id),
                        new Effect.Done(attempts.get(0)),
                        new Effect.Done(attempts.get(1)),
                        new Effect.ForgetNumber(NUMBER));
    }

    @Test
    void endsWhereRetentionHasCutTheChain() {
        UUID first = world.create().verification();
        world.pass(Duration.ofMinutes(10));
        world.create();
        world.verifications.remove(first);

        assertThat(eraseAll()).isEqualTo(2);
        assertThat(world.verifications).isEmpty();
        assertThat(world.numbers).isEmpty();
    }

    @Test
    void aCreateInTheMiddleStartsAfresh() {
        world.create();
        world.pass(Duration.ofMinutes(10));
        world.create();
        world.run(new EraseNumber(NUMBER));

        CreateReply.Answered answer = world.create();

        assertThat(answer.refusal()).isEmpty();
        eraseAll();
        assertThat(world.verifications).isEmpty();
    }

    private int eraseAll() {
        int erased = 0;
        while (world.run(new EraseNumber(NUMBER))) {
            erased++;
        }
        return erased;
    }
}
