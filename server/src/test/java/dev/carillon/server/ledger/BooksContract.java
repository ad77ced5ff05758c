// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.Policy;
import dev.carillon.core.account.Spending;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Posting;
import dev.carillon.core.balance.Rate;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.balance.Unpaid;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.CreateVerification;
import dev.carillon.core.verification.Failure;
import dev.carillon.core.verification.ReportSend;
import dev.carillon.core.verification.SendOutcome;
import dev.carillon.core.verification.TopUp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The books of accounts on a real store, with several nodes that write to them at once. */
public abstract class BooksContract extends StoreTestKit {
    private static final UUID ACCOUNT = LedgerTestCommands.ACCOUNT;
    private static final int PRICE = 10 + 30;

    private final LedgerTestCommands commands = new LedgerTestCommands();
    private final List<Ledger> nodes = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    @AfterEach
    void stop() {
        nodes.forEach(Ledger::close);
    }

    private Ledger node() throws Exception {
        Ledger node = new Ledger(openAnother(), () -> LedgerTestBench.NOW, _ -> {}, LedgerMetrics.NONE);
        nodes.add(node);
        return node;
    }

    private void price() {
        commands.terms = Optional.of(
                new Terms("EUR", "FR", 10, List.of(new Rate(Optional.empty(), Optional.empty(), 30, false)), false));
    }

    /** Prepaid or not, and no limits of the guard. */
    private void spending(Spending spending) {
        Limits limits = Limits.STANDARD.with(LimitName.ACCOUNT, Optional.empty());
        Policy standard = Policy.STANDARD;
        commands.policy = new Policy(
                standard.window(),
                standard.codeLength(),
                standard.maxChecks(),
                standard.retryAfter(),
                standard.acceptCodes(),
                standard.autoRetry(),
                standard.showCodes(),
                standard.brand(),
                standard.defaultLocale(),
                standard.countries(),
                standard.senders(),
                standard.originDomain(),
                standard.channels(),
                limits,
                standard.numbers(),
                spending);
    }

    private synchronized CreateVerification create() {
        return commands.create(numbers.incrementAndGet());
    }

    @Test
    void withoutPricesThereAreNoBooks() throws Exception {
        Ledger node = node();
        var _ = node.execute(create());
        assertThat(store.books().stripes()).isEmpty();
        assertThat(store.entries(ACCOUNT, 10)).isEmpty();
    }

    @Test
    void whatIsReservedIsSettledOrGivenBack() throws Exception {
        price();
        Ledger node = node();
        CreateVerification sent = create();
        CreateVerification failed = create();
        var _ = node.execute(sent);
        var _ = node.execute(failed);
        assertThat(new Books(store).balance(ACCOUNT)).isEqualTo(new Amounts(0, -2 * PRICE, 2 * PRICE, 0));

        var _ = node.execute(report(sent, SendOutcome.submitted()));
        var _ = node.execute(report(failed, SendOutcome.notSent(Failure.NUMBER)));
        var _ = node.execute(new TopUp(ACCOUNT, 100, Optional.of("invoice 7")));

        assertThat(new Books(store).balance(ACCOUNT)).isEqualTo(new Amounts(100, 100 - PRICE, 0, PRICE));
        assertThat(store.entries(ACCOUNT, 10))
                .extracting(entry -> entry.posting().kind())
                .containsExactlyInAnyOrder(
                        Posting.Kind.TOPUP,
                        Posting.Kind.RELEASE,
                        Posting.Kind.SETTLE,
                        Posting.Kind.RESERVE,
                        Posting.Kind.RESERVE);
        assertThat(store.entries(ACCOUNT, 10))
                .filteredOn(entry -> entry.posting().kind() == Posting.Kind.TOPUP)
                .singleElement()
                .satisfies(entry -> assertThat(entry.posting().note()).contains("invoice 7"));
        assertThat(new Books(store).verify().differences()).isEmpty();
    }

    @Test
    void aPrepaidBalanceIsSpentToItsEndAndNotBeyondOnSeveralNodes() throws Exception {
        price();
        spending(new Spending(true, 0, Optional.empty(), Map.of(), false));
        List<Ledger> both = List.of(node(), node());
        int affordable = 25;
        var _ = both.getFirst().execute(new TopUp(ACCOUNT, affordable * PRICE + PRICE - 1, Optional.empty()));

        List<Integer> opened = inParallel(8, thread -> {
            int paid = 0;
            for (int i = 0; i < 6; i++) {
                CreateReply reply = both.get(thread % 2).execute(create());
                if (reply instanceof CreateReply.NotPaid(Unpaid why)) {
                    assertThat(why).isEqualTo(Unpaid.NEGATIVE_BALANCE);
                } else {
                    paid++;
                }
            }
            return paid;
        });

        assertThat(opened.stream().mapToInt(Integer::intValue).sum()).isEqualTo(affordable);
        assertThat(new Books(store).balance(ACCOUNT).available()).isEqualTo(PRICE - 1);
        assertThat(new Books(store).verify()).isEqualTo(new Books.Count(1, List.of()));
    }

    @Test
    void whatIsRefusedLeavesNothing() throws Exception {
        price();
        spending(new Spending(false, 0, Optional.of((long) PRICE - 1), Map.of(), false));
        CreateVerification create = create();
        assertThat(node().execute(create)).isEqualTo(new CreateReply.NotPaid(Unpaid.SPENDING_LIMIT));
        assertThat(store.read(RowKind.VERIFICATION, create.id())).isEmpty();
        assertThat(store.lease(Instant.parse("2100-01-01T00:00:00Z"), LATER, 10))
                .isEmpty();
        assertThat(store.entries(ACCOUNT, 10)).isEmpty();
    }

    @Test
    void aSumThatIsTooLargeIsRefused() throws Exception {
        Ledger node = node();
        assertThat(node.execute(new TopUp(ACCOUNT, Long.MAX_VALUE, Optional.empty())))
                .isEqualTo(TopUp.Reply.DONE);
        assertThat(node.execute(new TopUp(ACCOUNT, 1, Optional.empty()))).isEqualTo(TopUp.Reply.TOO_LARGE);
        assertThat(new Books(store).balance(ACCOUNT)).isEqualTo(Amounts.funding(Long.MAX_VALUE));
    }

    @Test
    void oldEntriesAreCarriedForward() {
        Instant old = NOW.minus(RETENTION).minus(Duration.ofHours(1));
        store.write(tx -> {
            List<BalanceEntry> entries = new ArrayList<>();
            for (int i = 0; i < 1_200; i++) {
                entries.add(entry(old.plusMillis(i), 3));
            }
            entries.add(entry(NOW, 1));
            tx.post(entries);
            return 0;
        });
        Map<UUID, Amounts> before = store.books().entries();

        maintainAll(store, NOW);

        assertThat(store.books().entries()).isEqualTo(before);
        assertThat(store.entries(ACCOUNT, 10)).hasSize(2).satisfies(left -> {
            assertThat(left.getFirst().posting().change()).isEqualTo(Amounts.funding(1));
            assertThat(left.getLast().isCarried()).isTrue();
            assertThat(left.getLast().posting().change()).isEqualTo(Amounts.funding(3_600));
        });
    }

    @Test
    void aDifferenceIsFound() {
        store.write(tx -> {
            tx.post(List.of(entry(NOW, 5)));
            return 0;
        });
        assertThat(new Books(store).verify().differences())
                .containsExactly(new Books.Difference(ACCOUNT, Amounts.funding(5), Amounts.ZERO));
    }

    private BalanceEntry entry(Instant at, long micros) {
        return new BalanceEntry(
                TimeOrderedId.of(at, random.nextLong(), random.nextLong()),
                new Posting(
                        ACCOUNT, at, Optional.empty(), Amounts.funding(micros), Optional.empty(), Optional.empty()));
    }

    private static ReportSend report(CreateVerification create, SendOutcome outcome) {
        return new ReportSend(create.id(), 1, create.attempt().id(), outcome, Optional.empty(), Optional.empty());
    }
}
