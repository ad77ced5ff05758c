// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static dev.carillon.server.ledger.LedgerTestBench.answered;
import static dev.carillon.server.ledger.LedgerTestBench.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many callers at once. */
class LedgerRaceTest {
    private final LedgerTestBench bench = new LedgerTestBench();
    private final LedgerTestCommands commands = bench.commands;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aThousandWrongChecksConsumeFive() {
        UUID id = bench.open(1);

        List<CheckResult> results =
                atOnce(1000, () -> result(bench.ledger.execute(commands.check(id, LedgerTestCommands.WRONG))));

        assertThat(Collections.frequency(results, CheckResult.INVALID)).isEqualTo(5);
        assertThat(Collections.frequency(results, CheckResult.RATE_LIMITED)).isEqualTo(995);
        assertThat(result(bench.ledger.execute(commands.check(id, LedgerTestCommands.RIGHT))))
                .isEqualTo(CheckResult.RATE_LIMITED);
    }

    @Test
    void ofAHundredRightChecksOneIsValid() {
        UUID id = bench.open(1);

        List<CheckResult> results =
                atOnce(100, () -> result(bench.ledger.execute(commands.check(id, LedgerTestCommands.RIGHT))));

        assertThat(Collections.frequency(results, CheckResult.VALID)).isEqualTo(1);
        assertThat(Collections.frequency(results, CheckResult.ALREADY_VALIDATED))
                .isEqualTo(99);
        assertThat(bench.verification(id).events().stream()
                        .filter(event -> event instanceof CodeChecked check && check.result() == CheckResult.VALID))
                .hasSize(1);
    }

    @Test
    void fiftyCreatesOpenOneWindowAndSendOneMessage() {
        List<CreateReply.Answered> answers = atOnce(50, () -> answered(bench.ledger.execute(commands.create(1))));

        assertThat(answers.stream().map(CreateReply.Answered::verification).distinct())
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.refusal().isEmpty()))
                .hasSize(1);
        assertThat(bench.store.count(RowKind.VERIFICATION)).isEqualTo(1);
        assertThat(bench.store.outbox()).hasSize(1);
    }

    @Test
    void fiftyRepetitionsOfOneCreateAreAnsweredAlike() {
        List<CreateReply> answers =
                atOnce(50, () -> bench.ledger.execute(commands.create(1, 42, Optional.of(new UUID(9, 9)))));

        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(bench.store.outbox()).hasSize(1);
    }

    @Test
    void manyNumbersDoNotGetInEachOthersWay() {
        List<UUID> ids = new ArrayList<>();
        IntStream.range(0, 50).forEach(number -> ids.add(bench.open(number)));

        List<List<CheckResult>> results = atOnce(ids.stream()
                .<Supplier<List<CheckResult>>>map(id -> () -> sixChecks(id))
                .toList());

        assertThat(results).hasSize(50).allSatisfy(each -> assertThat(each)
                .containsExactly(
                        CheckResult.INVALID,
                        CheckResult.INVALID,
                        CheckResult.INVALID,
                        CheckResult.INVALID,
                        CheckResult.VALID,
                        CheckResult.ALREADY_VALIDATED));
    }

    private List<CheckResult> sixChecks(UUID id) {
        return IntStream.range(0, 6)
                .mapToObj(i -> i < 4 ? LedgerTestCommands.WRONG : LedgerTestCommands.RIGHT)
                .map(typed -> result(bench.ledger.execute(commands.check(id, typed))))
                .toList();
    }

    private static <T> List<T> atOnce(int times, Supplier<T> caller) {
        return atOnce(Collections.nCopies(times, caller));
    }

    private static <T> List<T> atOnce(List<Supplier<T>> callers) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running =
                    callers.stream().map(caller -> threads.submit(caller::get)).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
