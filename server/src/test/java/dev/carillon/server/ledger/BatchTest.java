// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Rate;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.Command;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.FeedbackReply;
import dev.carillon.core.verification.News;
import dev.carillon.core.verification.ReportByReference;
import dev.carillon.core.verification.ReportSend;
import dev.carillon.core.verification.SendOutcome;
import dev.carillon.core.verification.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final Instant NOW = LedgerTestBench.NOW;
    private static final Instant LEASE_END = NOW.plusSeconds(30);

    private final LedgerTestStore store = new LedgerTestStore();
    private final LedgerTestCommands commands = new LedgerTestCommands();

    @Test
    void aCreateAndWhatFollowsInOneBatch() {
        var create = commands.create(1);
        List<Object> replies = run(
                create,
                commands.create(1),
                commands.check(create.id(), LedgerTestCommands.WRONG),
                commands.check(create.id(), LedgerTestCommands.RIGHT),
                commands.feedback(1));

        var first = (CreateReply.Answered) replies.get(0);
        var second = (CreateReply.Answered) replies.get(1);
        assertThat(first.verification()).isEqualTo(create.id());
        assertThat(second.verification()).isEqualTo(create.id());
        assertThat(second.refusal()).isPresent();
        assertThat(replies.get(2)).isEqualTo(new CheckReply.Answered(create.id(), CheckResult.INVALID));
        assertThat(replies.get(3)).isEqualTo(new CheckReply.Answered(create.id(), CheckResult.VALID));
        assertThat(replies.get(4)).isInstanceOf(FeedbackReply.Recorded.class);
        assertThat(store.count(RowKind.VERIFICATION)).isEqualTo(1);
        assertThat(verification(create.id()).events()).hasSize(4);
    }

    @Test
    void whatIsUnchangedIsNotWritten() {
        UUID id = open(1);
        byte[] before = store.read(RowKind.VERIFICATION, id).orElseThrow();
        run(commands.retry(id), commands.check(commands.freshId(), LedgerTestCommands.WRONG));
        assertThat(store.read(RowKind.VERIFICATION, id).orElseThrow()).isEqualTo(before);
    }

    @Test
    void aSecondBatchReadsWhatTheFirstWrote() {
        UUID id = open(1);
        List<Object> replies = run(commands.create(1), commands.check(id, LedgerTestCommands.RIGHT));
        assertThat(((CreateReply.Answered) replies.get(0)).verification()).isEqualTo(id);
        assertThat(replies.get(1)).isEqualTo(new CheckReply.Answered(id, CheckResult.VALID));
    }

    @Test
    void loadsEachKindOnceInTheOrderOfKinds() {
        UUID first = open(1);
        UUID second = open(2);
        run(
                commands.create(1),
                commands.create(3, 5, Optional.of(new UUID(9, 9))),
                commands.check(second, LedgerTestCommands.WRONG),
                commands.retry(first));
        assertThat(store.loads())
                .containsExactly(RowKind.REPLAY, RowKind.NUMBER, RowKind.VERIFICATION, RowKind.COUNTER);
    }

    @Test
    void anAccountWithPricesHasItsBooksLoadedAndWrittenOnce() {
        commands.terms = Optional.of(
                new Terms("EUR", "FR", 9, List.of(new Rate(Optional.empty(), Optional.empty(), 30, false)), false));
        run(commands.create(1), commands.create(2), commands.create(3));
        assertThat(store.loads().stream().filter(RowKind.BALANCE::equals)).hasSize(1);
        assertThat(store.count(RowKind.BALANCE)).isEqualTo(1);
        assertThat(store.entries(LedgerTestCommands.ACCOUNT, 10)).hasSize(3);
        assertThat(new Books(store).balance(LedgerTestCommands.ACCOUNT)).isEqualTo(new Amounts(0, -117, 117, 0));
    }

    @Test
    void queuesEachMessageUnderItsLease() {
        UUID id = open(1);
        assertThat(store.outbox()).singleElement().satisfies(item -> {
            assertThat(item.verification()).isEqualTo(id);
            assertThat(item.attempt()).isEqualTo(1);
            assertThat(item.dueAt()).isEqualTo(LEASE_END);
            assertThat(item.id())
                    .isEqualTo(verification(id).attempts().getFirst().id());
        });
    }

    @Test
    void completesWhatWasSent() {
        UUID id = open(1);
        UUID item = store.outbox().getFirst().id();
        run(new ReportSend(id, 1, item, SendOutcome.submitted(), Optional.empty(), Optional.empty()));
        assertThat(verification(id).delivery(1)).contains(DeliveryStatus.SUBMITTED);
        assertThat(store.outbox()).isEmpty();
    }

    @Test
    void aLookTakesThePlaceOfTheSending() {
        UUID id = open(1);
        UUID item = store.outbox().getFirst().id();
        Instant later = NOW.plusSeconds(25);
        run(new ReportSend(id, 1, item, SendOutcome.submitted(), Optional.empty(), Optional.of(later)));
        assertThat(store.outbox()).containsExactly(new OutboxItem(item, id, 1, OutboxItem.Kind.FALLBACK, later));
    }

    @Test
    void aLookThatIsDoneWithInTheSameBatchIsNotQueued() {
        UUID id = open(1);
        UUID item = store.outbox().getFirst().id();
        ReportSend report = new ReportSend(
                id, 1, item, SendOutcome.submitted(), Optional.empty(), Optional.of(NOW.plusSeconds(25)));
        run(report, commands.erase(1));
        assertThat(store.outbox()).isEmpty();
    }

    @Test
    void aReceiptThatCameFirstFindsItsMessage() {
        UUID id = open(1);
        UUID item = store.outbox().getFirst().id();
        UUID reference = new UUID(8, 8);
        ReportByReference receipt = new ReportByReference(reference, News.of(DeliveryStatus.DELIVERED, NOW));
        ReportSend report =
                new ReportSend(id, 1, item, SendOutcome.submitted(), Optional.of(reference), Optional.empty());

        run(receipt);
        assertThat(store.count(RowKind.REFERENCE)).isEqualTo(1);
        run(report);

        assertThat(verification(id).delivery(1)).contains(DeliveryStatus.DELIVERED);
        assertThat(store.count(RowKind.REFERENCE)).isEqualTo(1);
    }

    @Test
    void aReferenceLeadsToItsVerificationAcrossBatches() {
        UUID id = open(1);
        UUID item = store.outbox().getFirst().id();
        UUID reference = new UUID(8, 8);
        run(new ReportSend(id, 1, item, SendOutcome.submitted(), Optional.of(reference), Optional.empty()));
        run(new ReportByReference(reference, News.of(DeliveryStatus.DELIVERED, NOW)));
        assertThat(store.loads()).containsExactly(RowKind.REFERENCE, RowKind.VERIFICATION);
        assertThat(verification(id).delivery(1)).contains(DeliveryStatus.DELIVERED);
    }

    @Test
    void withoutAProvidersIdNoReferenceIsLookedUpOrKept() {
        UUID id = open(1);
        UUID item = store.outbox().getFirst().id();
        run(new ReportSend(id, 1, item, SendOutcome.submitted(), Optional.empty(), Optional.empty()));
        assertThat(store.loads()).containsExactly(RowKind.VERIFICATION);
        assertThat(store.count(RowKind.REFERENCE)).isZero();
    }

    @Test
    void erasesRowsAndQueue() {
        open(1);
        assertThat(run(commands.erase(1), commands.erase(1))).containsExactly(true, false);
        assertThat(store.count(RowKind.VERIFICATION)).isZero();
        assertThat(store.count(RowKind.NUMBER)).isZero();
        assertThat(store.outbox()).isEmpty();
    }

    @Test
    void whatIsMadeAndErasedInOneBatchLeavesNothing() {
        assertThat(run(commands.create(1), commands.erase(1))).last().isEqualTo(true);
        assertThat(store.count(RowKind.VERIFICATION)).isZero();
        assertThat(store.count(RowKind.NUMBER)).isZero();
        assertThat(store.outbox()).isEmpty();
    }

    @Test
    void aCommandThatThrowsHasChangedNothing() {
        UUID id = open(1);
        byte[] before = store.read(RowKind.VERIFICATION, id).orElseThrow();
        var broken = commands.checkThatThrows(id, new IllegalStateException("broken"));
        boolean flushed = store.write(tx -> {
            Batch batch = new Batch(tx, NOW, LEASE_END, 0);
            batch.load(List.of(broken), false);
            assertThatThrownBy(() -> batch.decide(broken)).isInstanceOf(IllegalStateException.class);
            batch.flush();
            return true;
        });
        assertThat(flushed).isTrue();
        assertThat(store.read(RowKind.VERIFICATION, id).orElseThrow()).isEqualTo(before);
    }

    private UUID open(int number) {
        return ((CreateReply.Answered) run(commands.create(number)).getFirst()).verification();
    }

    private List<Object> run(Command<?>... all) {
        return store.write(tx -> {
            Batch batch = new Batch(tx, NOW, LEASE_END, 0);
            batch.load(List.of(all), false);
            List<Object> replies = new ArrayList<>();
            for (Command<?> command : all) {
                replies.add(batch.decide(command));
            }
            batch.flush();
            return replies;
        });
    }

    private Verification verification(UUID id) {
        return new VerificationReader(store).find(id).orElseThrow();
    }
}
