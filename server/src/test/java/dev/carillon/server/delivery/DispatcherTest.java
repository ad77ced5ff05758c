// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateIds;
import dev.carillon.core.message.TemplateText;
import dev.carillon.core.message.TemplateVariant;
import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.Outgoing;
import dev.carillon.server.verify.Signals;
import dev.carillon.server.verify.Subject;
import dev.carillon.server.verify.VerifyTestBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatcherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final List<Message> sent = new CopyOnWriteArrayList<>();
    private Connection carrier = _ -> SendResult.Accepted.plain();
    private Function<UUID, Optional<AccountView>> accounts = _ -> Optional.empty();
    private VerifyTestBench bench;
    private Dispatcher dispatcher;

    @BeforeEach
    void open() {
        bench = new VerifyTestBench(folder);
        accounts = id ->
                Optional.of(bench.view()).filter(view -> view.account().id().equals(id));
        Connections connections = new Connections(List.of(TestConnections.entry("simulator", message -> {
            sent.add(message);
            return carrier.send(message);
        })));
        Sender sender = new Sender(
                bench.ledger,
                id -> accounts.apply(id),
                bench.keyring,
                bench.vault,
                bench.fallbacks(),
                connections,
                bench.clock,
                DeliveryMetrics.NONE);
        dispatcher = new Dispatcher(
                bench.store, id -> accounts.apply(id), sender, bench.fallbacks(), bench.clock, DeliveryMetrics.NONE);
    }

    @AfterEach
    void close() {
        dispatcher.close();
        bench.close();
    }

    @Test
    void sendsWhatWasJustCommitted() {
        UUID id = bench.create();
        dispatcher.accept(outgoing(id));
        settle();

        assertThat(sent).singleElement().satisfies(message -> {
            assertThat(message.to()).isEqualTo(VerifyTestBench.NUMBER);
            assertThat(message.code().digits()).isEqualTo(VerifyTestBench.CODE);
            assertThat(message.text()).contains(VerifyTestBench.CODE).contains("Acme");
            assertThat(message.ref().attempt()).isEqualTo(1);
            assertThat(message.expiresAt()).isEqualTo(bench.verification(id).expiresAt());
            assertThat(message.toString()).doesNotContain(VerifyTestBench.CODE).doesNotContain("555");
        });
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.SUBMITTED);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void aValidCheckCancelsWhatWaitsForItsTurn() throws InterruptedException {
        CountDownLatch turn = new CountDownLatch(1);
        carrier = _ -> {
            turn.await();
            return SendResult.Accepted.plain();
        };
        UUID id = bench.create();
        IntStream.range(0, 512)
                .forEach(i -> dispatcher.accept(outgoing(bench.create("+1212555" + (1000 + i), Optional.empty()))));
        await().atMost(PATIENCE).until(() -> sent.size() == 512);
        dispatcher.accept(outgoing(id));
        assertThat(bench.check(id, VerifyTestBench.CODE)).isEqualTo(CheckResult.VALID);
        bench.clock.advance(Duration.ofSeconds(2));
        turn.countDown();
        settle();
        assertThat(sent).hasSize(512);
    }

    @Test
    void theAccountsTemplateIsSentWithItsIds() {
        bench.templates.add(new AccountTemplate(
                "login",
                "fr",
                new TemplateVariant(
                        new TreeMap<>(Map.of("fr", TemplateText.of("Code : {{code}}"))),
                        Map.of(TemplateIds.WHATSAPP, "login_fr")),
                new TreeMap<>()));
        UUID id = bench.create(new Subject(
                new PhoneNumber(VerifyTestBench.NUMBER, "US", LineType.MOBILE),
                Signals.NONE,
                Optional.of("login"),
                Optional.empty(),
                Optional.empty(),
                "fr",
                Optional.empty()));
        dispatcher.accept(outgoing(id));
        settle();

        assertThat(sent).singleElement().satisfies(message -> {
            assertThat(message.text()).isEqualTo("Code : " + VerifyTestBench.CODE);
            assertThat(message.locale()).isEqualTo("fr");
            assertThat(message.regionCode()).isEqualTo("US");
            assertThat(message.templateIds()).isEqualTo(Map.of(TemplateIds.WHATSAPP, "login_fr"));
        });
    }

    @Test
    void aMessageThatTheCarrierRefusesIsNotSent() {
        carrier = _ -> new SendResult.Rejected(SendResult.Reason.NUMBER, "no such number");
        UUID id = bench.create();
        dispatcher.accept(outgoing(id));
        settle();

        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.NOT_SENT);
        assertThat(bench.store.outbox()).isEmpty();
        assertThat(bench.check(id, VerifyTestBench.CODE)).isEqualTo(CheckResult.WITHOUT_ATTEMPT);
    }

    @Test
    void whatACarrierThrewOnMayBeOutAndIsNotSentAgain() {
        carrier = _ -> {
            throw new IllegalStateException("broken");
        };
        UUID id = bench.create();
        dispatcher.accept(outgoing(id));
        settle();
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.UNKNOWN);
        assertThat(bench.store.outbox()).isEmpty();

        bench.clock.advance(LEASE);
        assertThat(dispatcher.recover()).isZero();
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatIsTakenOverIsLeasedToNobodyElse() {
        CountDownLatch answered = new CountDownLatch(1);
        carrier = _ -> {
            awaitUnchecked(answered);
            return SendResult.Accepted.plain();
        };
        bench.create();
        bench.clock.advance(LEASE);
        assertThat(dispatcher.recover()).isEqualTo(1);
        assertThat(dispatcher.recover()).isZero();
        assertThat(dispatcher.inFlight()).isEqualTo(1);
        answered.countDown();
        settle();
        assertThat(sent).hasSize(1);
    }

    @Test
    void whatTakesLongerThanALeaseIsNotSentTwice() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        carrier = _ -> {
            asked.countDown();
            awaitUnchecked(answered);
            return SendResult.Accepted.plain();
        };
        UUID id = bench.create();
        dispatcher.accept(outgoing(id));
        awaitUnchecked(asked);
        for (int i = 0; i < 5; i++) {
            bench.clock.advance(LEASE.dividedBy(2));
            assertThat(dispatcher.recover()).isZero();
        }
        answered.countDown();
        settle();
        assertThat(sent).hasSize(1);
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.SUBMITTED);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void theMessageOfAnAcceptedVerificationIsNotSent() {
        UUID id = bench.create();
        bench.clock.advance(LEASE);
        assertThat(bench.check(id, VerifyTestBench.CODE)).isEqualTo(CheckResult.VALID);

        assertThat(dispatcher.recover()).isEqualTo(1);
        settle();

        assertThat(sent).isEmpty();
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.NOT_SENT);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void theMessageOfAnExpiredVerificationIsNotSent() {
        UUID id = bench.create();
        bench.clock.advance(Duration.ofMinutes(10));

        assertThat(dispatcher.recover()).isEqualTo(1);
        settle();

        assertThat(sent).isEmpty();
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.NOT_SENT);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void theMessageOfAForgottenVerificationOrAccountIsNotSent() {
        enqueue(1);
        UUID id = bench.create();
        accounts = _ -> Optional.empty();
        bench.clock.advance(LEASE);

        assertThat(dispatcher.recover()).isEqualTo(2);
        settle();

        assertThat(sent).isEmpty();
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.NOT_SENT);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void aReceiptBeforeTheAnswerIsNotUndone() {
        UUID id = bench.create();
        carrier = message -> {
            bench.report(message.ref().verification(), message.ref().attempt(), DeliveryStatus.DELIVERED);
            return SendResult.Accepted.plain();
        };
        dispatcher.accept(outgoing(id));
        settle();
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.DELIVERED);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void whatReceiptsCameForIsNotSentAgain() {
        UUID id = bench.create();
        bench.report(id, 1, DeliveryStatus.IN_TRANSIT);
        bench.clock.advance(LEASE);
        assertThat(dispatcher.recover()).isEqualTo(1);
        settle();
        assertThat(sent).isEmpty();
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.IN_TRANSIT);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void aMessageThatIsInterruptedMayHaveBeenSent() {
        CountDownLatch asked = new CountDownLatch(1);
        carrier = _ -> {
            asked.countDown();
            Thread.sleep(PATIENCE);
            return SendResult.Accepted.plain();
        };
        UUID id = bench.create();
        dispatcher.accept(outgoing(id));
        awaitUnchecked(asked);
        dispatcher.close();
        settle();
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.UNKNOWN);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void takesOverALittleAtATime() {
        enqueue(450);
        assertThat(IntStream.range(0, 4).map(_ -> dispatcher.recover())).containsExactly(200, 200, 50, 0);
        settle();
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void whileTheStoreIsGoneTheItemStays() {
        UUID id = bench.create();
        Outgoing outgoing = outgoing(id);
        bench.store.setReachable(false);
        dispatcher.accept(outgoing);
        settle();
        bench.store.setReachable(true);
        assertThat(bench.store.outbox()).hasSize(1);
    }

    @Test
    void drainWaitsForWhatIsBeingSent() {
        CountDownLatch answered = new CountDownLatch(1);
        carrier = _ -> {
            awaitUnchecked(answered);
            return SendResult.Accepted.plain();
        };
        UUID id = bench.create();
        dispatcher.accept(outgoing(id));
        assertThat(dispatcher.drain(Duration.ZERO)).isFalse();
        answered.countDown();
        assertThat(dispatcher.drain(PATIENCE)).isTrue();
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.SUBMITTED);
    }

    @Test
    void whatComesAfterTheDrainStaysInTheOutbox() {
        UUID id = bench.create();
        assertThat(dispatcher.drain(PATIENCE)).isTrue();

        dispatcher.accept(outgoing(id));

        assertThat(dispatcher.inFlight()).isZero();
        assertThat(sent).isEmpty();
        assertThat(bench.store.outbox()).hasSize(1);
    }

    private void settle() {
        await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(() -> dispatcher.inFlight() == 0);
    }

    private Outgoing outgoing(UUID id) {
        OutboxItem item = bench.store.outbox().stream()
                .filter(queued -> queued.verification().equals(id))
                .findFirst()
                .orElseThrow();
        return new Outgoing(item, bench.verification(id));
    }

    /** Items of verifications that nobody knows. */
    private void enqueue(int count) {
        List<OutboxItem> items = IntStream.range(0, count)
                .mapToObj(_ -> new OutboxItem(
                        bench.freshId(), bench.freshId(), 1, OutboxItem.Kind.SEND, bench.clock.instant()))
                .toList();
        boolean done = bench.store.write(tx -> {
            tx.enqueue(items);
            return true;
        });
        assertThat(done).isTrue();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
