// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static dev.carillon.server.ledger.LedgerTestBench.get;
import static dev.carillon.server.ledger.LedgerTestBench.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.CreateVerification;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerFailureTest {
    private final LedgerTestBench bench = new LedgerTestBench();
    private final LedgerTestCommands commands = bench.commands;
    private final LedgerTestStore store = bench.store;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aCommandThatThrowsFailsAlone() {
        UUID id = bench.open(1);
        LedgerTestStore.Hold hold = bench.busy();
        var first = bench.ledger.submit(commands.check(id, LedgerTestCommands.WRONG));
        var broken = bench.ledger.submit(commands.checkThatThrows(id, new ArithmeticException("broken")));
        var last = bench.ledger.submit(commands.check(id, LedgerTestCommands.RIGHT));
        hold.release();

        assertThat(result(get(first))).isEqualTo(CheckResult.INVALID);
        assertThatThrownBy(() -> get(broken)).isInstanceOf(ArithmeticException.class);
        assertThat(result(get(last))).isEqualTo(CheckResult.VALID);
        assertThat(checks(id)).isEqualTo(2);
        assertThat(bench.metrics.batches).endsWith(3);
        assertThat(bench.metrics.failed).hasValue(0);
    }

    @Test
    void anErrorFailsAloneToo() {
        UUID id = bench.open(1);
        LedgerTestStore.Hold hold = bench.busy();
        var good = bench.ledger.submit(commands.check(id, LedgerTestCommands.WRONG));
        var broken = bench.ledger.submit(commands.checkThatThrows(id, new StackOverflowError("deep")));
        hold.release();

        assertThat(result(get(good))).isEqualTo(CheckResult.INVALID);
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> get(broken));
        assertThat(checks(id)).isEqualTo(1);
    }

    @Test
    void aBatchThatFailsIsTriedOneByOne() {
        LedgerTestStore.Hold hold = bench.busy();
        List<CompletableFuture<CreateReply>> replies = bench.submitAll(creates(10));
        store.failNext(1);
        hold.release();

        assertThat(replies).allSatisfy(reply -> assertThat(get(reply)).isInstanceOf(CreateReply.Answered.class));
        assertThat(store.count(RowKind.VERIFICATION)).isEqualTo(11);
        assertThat(bench.metrics.batches).hasSize(11).containsOnly(1);
        assertThat(bench.metrics.failed).hasValue(1);
    }

    @Test
    void aDamagedRowFailsOnlyWhoNeedsIt() {
        UUID damaged = bench.open(1);
        UUID sound = bench.open(2);
        store.put(RowKind.VERIFICATION, damaged, new byte[] {2, 0, 0});
        LedgerTestStore.Hold hold = bench.busy();
        var bad = bench.ledger.submit(commands.check(damaged, LedgerTestCommands.RIGHT));
        var good = bench.ledger.submit(commands.check(sound, LedgerTestCommands.RIGHT));
        hold.release();

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> get(bad));
        assertThat(result(get(good))).isEqualTo(CheckResult.VALID);
    }

    @Test
    void whileTheStoreIsGoneEverythingFailsAtOnce() {
        bench.open(1);
        int before = store.transactions();
        LedgerTestStore.Hold hold = bench.busy();
        List<CompletableFuture<CreateReply>> replies = bench.submitAll(creates(10));
        store.setReachable(false);
        hold.release();

        assertThat(replies).allSatisfy(reply -> assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> get(reply)));
        assertThat(store.transactions()).isEqualTo(before + 2);

        store.setReachable(true);
        assertThat(get(bench.ledger.submit(commands.create(99)))).isInstanceOf(CreateReply.Answered.class);
    }

    /** Run again, the right code would have been used already, and each wrong one would count twice. */
    @Test
    void whatMayHaveBeenDoneIsNotDoneAgain() {
        UUID one = bench.open(1);
        UUID two = bench.open(2);
        LedgerTestStore.Hold hold = bench.busy();
        var wrong = bench.ledger.submit(commands.check(one, LedgerTestCommands.WRONG));
        var right = bench.ledger.submit(commands.check(two, LedgerTestCommands.RIGHT));
        store.loseNextAnswer();
        int before = store.transactions();
        hold.release();

        assertThatExceptionOfType(CommitUnknownException.class).isThrownBy(() -> get(wrong));
        assertThatExceptionOfType(CommitUnknownException.class).isThrownBy(() -> get(right));
        assertThat(store.transactions()).isEqualTo(before + 1);
        assertThat(checks(one)).isEqualTo(1);
        assertThat(result(bench.ledger.execute(commands.check(two, LedgerTestCommands.RIGHT))))
                .isEqualTo(CheckResult.ALREADY_VALIDATED);
    }

    @Test
    void theOutboxHearsNothingOfWhatFailed() {
        store.failNext(1);
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> bench.ledger.execute(commands.create(1)));

        bench.open(2);
        bench.open(3);

        assertThat(bench.told.stream().map(outgoing -> outgoing.item().id()))
                .isSubsetOf(store.outbox().stream().map(OutboxItem::id).toList());
        assertThat(store.outbox()).hasSize(2);
    }

    @Test
    void aConflictReplaysAndGivesEachItsOwnReply() {
        UUID one = bench.open(1);
        UUID two = bench.open(2);
        LedgerTestStore.Hold hold = bench.busy();
        var wrong = bench.ledger.submit(commands.check(one, LedgerTestCommands.WRONG));
        var right = bench.ledger.submit(commands.check(one, LedgerTestCommands.RIGHT));
        var other = bench.ledger.submit(commands.check(two, LedgerTestCommands.WRONG));
        var absent = bench.ledger.submit(commands.check(commands.freshId(), LedgerTestCommands.WRONG));
        store.conflictNext(4);
        hold.release();

        assertThat(result(get(wrong))).isEqualTo(CheckResult.INVALID);
        assertThat(result(get(right))).isEqualTo(CheckResult.VALID);
        assertThat(result(get(other))).isEqualTo(CheckResult.INVALID);
        assertThat(get(absent)).isEqualTo(new CheckReply.Unknown());
        assertThat(checks(one)).isEqualTo(2);
        assertThat(checks(two)).isEqualTo(1);
        assertThat(bench.metrics.replayed).hasValue(4);
        assertThat(bench.metrics.failed).hasValue(0);
    }

    @Test
    void conflictsWithoutEndAreGivenUp() {
        store.conflictNext(1000);
        assertThatExceptionOfType(StoreConflictException.class)
                .isThrownBy(() -> bench.ledger.execute(commands.create(1)));
        assertThat(store.transactions()).isBetween(2, 20);

        store.conflictNext(0);
        assertThat(bench.ledger.execute(commands.create(1))).isInstanceOf(CreateReply.Answered.class);
        assertThat(store.count(RowKind.VERIFICATION)).isEqualTo(1);
    }

    @Test
    void anOutboxThatThrowsDoesNotRunCommandsAgain() {
        try (LedgerTestBench throwing = new LedgerTestBench(_ -> {
            throw new IllegalStateException("the dispatcher is closed");
        })) {
            LedgerTestStore.Hold hold = throwing.busy();
            var replies = throwing.submitAll(List.of(throwing.commands.create(1), throwing.commands.create(2)));
            hold.release();
            replies.forEach(LedgerTestBench::get);
            throwing.ledger.close();

            assertThat(throwing.store.transactions()).isEqualTo(2);
            assertThat(throwing.told).hasSize(3);
            assertThat(throwing.metrics.failed).hasValue(0);
        }
    }

    private List<CreateVerification> creates(int count) {
        return IntStream.range(0, count).mapToObj(commands::create).toList();
    }

    /** How many checks the store holds of a verification. */
    private long checks(UUID id) {
        return bench.verification(id).events().stream()
                .filter(CodeChecked.class::isInstance)
                .count();
    }
}
