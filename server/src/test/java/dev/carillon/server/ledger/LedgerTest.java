// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static dev.carillon.server.ledger.LedgerTestBench.get;
import static dev.carillon.server.ledger.LedgerTestBench.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.Command;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.CreateVerification;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final LedgerTestBench bench = new LedgerTestBench();
    private final LedgerTestCommands commands = bench.commands;
    private final LedgerTestStore store = bench.store;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void answersOnlyAfterTheCommit() {
        LedgerTestStore.Hold hold = store.hold();
        CompletableFuture<CreateReply> reply = bench.ledger.submit(commands.create(1));
        hold.awaitCommit();

        assertThat(reply).isNotDone();
        assertThat(bench.told).isEmpty();
        assertThat(store.outbox().size()).isZero();

        hold.release();
        assertThat(get(reply)).isInstanceOf(CreateReply.Answered.class);
    }

    @Test
    void manyCallersShareACommit() {
        LedgerTestStore.Hold hold = bench.busy();
        List<CompletableFuture<CreateReply>> replies = bench.submitAll(creates(300));
        hold.release();

        assertThat(replies.stream()
                        .map(reply -> LedgerTestBench.answered(get(reply)).verification()))
                .doesNotHaveDuplicates();
        assertThat(bench.metrics.batches).containsExactly(1, 300);
        assertThat(store.transactions()).isEqualTo(2);
    }

    @Test
    void aBatchNeedsOneStatementForEachKindOfRow() {
        LedgerTestStore.Hold hold = bench.busy();
        List<CompletableFuture<CreateReply>> replies = bench.submitAll(creates(300));
        hold.release();

        replies.forEach(LedgerTestBench::get);
        assertThat(store.loads()).containsExactly(RowKind.NUMBER, RowKind.COUNTER);
    }

    @Test
    void batchesAreBounded() {
        LedgerTestStore.Hold hold = bench.busy();
        UUID absent = commands.freshId();
        List<CompletableFuture<CheckReply>> replies = bench.submitAll(IntStream.range(0, 600)
                .mapToObj(_ -> commands.check(absent, LedgerTestCommands.WRONG))
                .toList());
        hold.release();

        replies.forEach(LedgerTestBench::get);
        assertThat(bench.metrics.batches).containsExactly(1, 512, 88);
    }

    @Test
    void aLaterCommandOfABatchSeesTheEarlier() {
        UUID id = bench.open(1);
        LedgerTestStore.Hold hold = bench.busy();
        List<Command<CheckReply>> checks = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            checks.add(commands.check(id, LedgerTestCommands.WRONG));
        }
        List<CompletableFuture<CheckReply>> replies = bench.submitAll(checks);
        hold.release();

        assertThat(replies.stream().map(reply -> result(get(reply))))
                .containsExactly(
                        CheckResult.INVALID,
                        CheckResult.INVALID,
                        CheckResult.INVALID,
                        CheckResult.INVALID,
                        CheckResult.INVALID,
                        CheckResult.RATE_LIMITED,
                        CheckResult.RATE_LIMITED);
        assertThat(bench.metrics.batches).containsExactly(1, 1, 7);
    }

    @Test
    void theOutboxIsToldOnceOfWhatIsDurable() {
        UUID id = bench.open(1);
        bench.ledger.settle();

        Outgoing first = bench.told.getFirst();
        assertThat(first.verification()).isEqualTo(bench.verification(id));
        assertThat(first.item().verification()).isEqualTo(id);
        assertThat(first.item().attempt()).isEqualTo(1);
        assertThat(first.item().dueAt()).isEqualTo(LedgerTestBench.NOW.plus(Ledger.LEASE));
        assertThat(store.outbox()).contains(first.item());
        assertThat(bench.told.stream().filter(outgoing -> outgoing.item().equals(first.item())))
                .hasSize(1);
    }

    /** So that a server that stops sends what it has just promised to send, instead of leaving it to the next. */
    @Test
    void settlingWaitsUntilTheOutboxKnowsWhatWasAnswered() throws InterruptedException {
        CompletableFuture<Boolean> outbox = new CompletableFuture<>();
        try (LedgerTestBench slow = new LedgerTestBench(_ -> outbox.join())) {
            slow.open(1);
            Thread settling = Thread.ofPlatform().start(slow.ledger::settle);
            Awaitility.await().until(() -> settling.getState() == Thread.State.TIMED_WAITING);
            outbox.complete(true);
            settling.join();
            assertThat(slow.told).hasSize(1);
        }
    }

    @Test
    void moreThanAnAccountMayHaveWaitingIsRefusedAtOnce() {
        LedgerTestStore.Hold hold = bench.busy();
        UUID absent = commands.freshId();
        List<CompletableFuture<CheckReply>> waiting = new ArrayList<>();
        for (int i = 0; i < 1024; i++) {
            waiting.add(bench.ledger.submit(commands.check(absent, LedgerTestCommands.WRONG)));
        }
        assertThat(bench.ledger.depth()).isEqualTo(1024);

        assertThatExceptionOfType(OverloadedException.class)
                .isThrownBy(() -> bench.ledger.execute(commands.check(absent, LedgerTestCommands.WRONG)));

        assertThat(bench.metrics.refused).hasValue(1);
        hold.release();
        assertThat(waiting).allSatisfy(reply -> assertThat(get(reply)).isEqualTo(new CheckReply.Unknown()));
    }

    @Test
    void whatBeginsIsRefusedWhileWhatEndsIsTaken() {
        UUID id = bench.open(1);
        LedgerTestStore.Hold hold = bench.busy();
        List<CompletableFuture<CreateReply>> creates = bench.submitAll(creates(512));

        assertThatExceptionOfType(OverloadedException.class)
                .isThrownBy(() -> bench.ledger.admit(LedgerTestCommands.ACCOUNT));
        assertThatExceptionOfType(OverloadedException.class)
                .isThrownBy(() -> bench.ledger.submit(commands.create(9999)));
        CompletableFuture<CheckReply> check = bench.ledger.submit(commands.check(id, LedgerTestCommands.WRONG));
        bench.ledger.admit(commands.freshId());

        hold.release();
        assertThat(result(get(check))).isEqualTo(CheckResult.INVALID);
        assertThat(creates).allSatisfy(reply -> assertThat(get(reply)).isInstanceOf(CreateReply.Answered.class));
    }

    /** Or refusing would leave the processor to nobody else. */
    @Test
    void refusalsTakeTurns() throws InterruptedException {
        LedgerTestStore.Hold hold = bench.busy();
        assertThat(bench.ledger.isBusy()).isFalse();
        List<CompletableFuture<CreateReply>> creates = bench.submitAll(creates(512));
        assertThat(bench.ledger.isBusy()).isTrue();
        for (int i = 0; i < Ledger.REFUSALS; i++) {
            assertThatExceptionOfType(OverloadedException.class)
                    .isThrownBy(() -> bench.ledger.admit(LedgerTestCommands.ACCOUNT));
        }
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(Thread.ofPlatform().start(() -> {
                try {
                    bench.ledger.admit(LedgerTestCommands.ACCOUNT);
                } catch (OverloadedException _) {
                    // or there was room by then
                }
            }));
        }
        Awaitility.await()
                .until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertThat(bench.metrics.refused).hasValue(Ledger.REFUSALS);
        hold.release();

        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(creates).allSatisfy(reply -> assertThat(get(reply)).isInstanceOf(CreateReply.Answered.class));
    }

    @Test
    void whatHasWaitedForTooLongIsNotDone() {
        UUID id = bench.open(1);
        LedgerTestStore.Hold hold = bench.busy();
        List<CompletableFuture<CreateReply>> late = bench.submitAll(creates(3));
        bench.nanoTime.addAndGet(Ledger.PATIENCE.toNanos() + 1);
        CompletableFuture<CheckReply> inTime = bench.ledger.submit(commands.check(id, LedgerTestCommands.WRONG));
        hold.release();

        assertThat(result(get(inTime))).isEqualTo(CheckResult.INVALID);
        assertThat(late).allSatisfy(reply -> assertThatExceptionOfType(OverloadedException.class)
                .isThrownBy(() -> get(reply)));
        assertThat(bench.metrics.refused).hasValue(3);
        // The one that was open, the one that kept the writer busy.
        assertThat(store.count(RowKind.VERIFICATION)).isEqualTo(2);
    }

    @Test
    void closeFinishesWhatWaits() throws InterruptedException {
        LedgerTestStore.Hold hold = bench.busy();
        List<CompletableFuture<CreateReply>> replies = bench.submitAll(creates(500));
        Thread closing = Thread.ofVirtual().start(bench.ledger::close);
        hold.release();
        closing.join();

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply).isDone();
            assertThat(get(reply)).isInstanceOf(CreateReply.Answered.class);
        });
        assertThat(store.count(RowKind.VERIFICATION)).isEqualTo(501);
        assertThat(bench.ledger.isRunning()).isFalse();
    }

    @Test
    void nothingIsTakenAfterClose() {
        assertThat(bench.ledger.isRunning()).isTrue();
        bench.ledger.close();
        assertThatExceptionOfType(OverloadedException.class).isThrownBy(() -> bench.ledger.submit(commands.create(1)));
        assertThat(store.count(RowKind.VERIFICATION)).isZero();
    }

    /** What it asked for is done all the same. */
    @Test
    void whoIsInterruptedIsAnswered() throws InterruptedException {
        LedgerTestStore.Hold hold = bench.busy();
        CompletableFuture<CreateReply> reply = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            reply.complete(bench.ledger.execute(commands.create(1)));
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        hold.release();
        caller.join();

        assertThat(get(reply)).isInstanceOf(CreateReply.Answered.class);
        assertThat(get(interrupted)).isTrue();
    }

    private List<CreateVerification> creates(int count) {
        return IntStream.range(0, count).mapToObj(commands::create).toList();
    }
}
