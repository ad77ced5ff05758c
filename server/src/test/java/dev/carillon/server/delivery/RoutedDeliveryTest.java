// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.message.Channel;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.routing.RoutingTable;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.delivery.Receipt.Subject;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.verify.VerifyTestBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages with more than one way to go: three connections for SMS and one for WhatsApp. */
class RoutedDeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final SendResult FAULT = new SendResult.Fault("down");

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Map<String, SendResult> answers = new ConcurrentHashMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Set<String> down = ConcurrentHashMap.newKeySet();
    /** What connection three waits for before it answers. */
    private CountDownLatch ends = new CountDownLatch(0);

    private VerifyTestBench bench;
    private Connections connections;
    private Dispatcher dispatcher;
    private Receipts receipts;

    @BeforeEach
    void open() {
        bench = new VerifyTestBench(folder);
        connections = new Connections(List.of(
                entry("one", Channel.SMS),
                entry("two", Channel.SMS),
                entry("three", Channel.SMS),
                entry("wa", Channel.WHATSAPP)));
        Function<UUID, Optional<AccountView>> accounts = _ -> Optional.of(bench.view());
        Sender sender = new Sender(
                bench.ledger,
                accounts,
                bench.keyring,
                bench.vault,
                bench.fallbacks(),
                connections,
                bench.clock,
                DeliveryMetrics.NONE);
        dispatcher =
                new Dispatcher(bench.store, accounts, sender, bench.fallbacks(), bench.clock, DeliveryMetrics.NONE);
        receipts = new Receipts(bench.ledger, bench.keyring, dispatcher, DeliveryMetrics.NONE);
        bench.outbox = dispatcher::accept;
        bench.route(connections::table, Channel.SMS, Channel.WHATSAPP);
    }

    private Connections.Entry entry(String name, Channel channel) {
        return TestConnections.entry(name, channel, new Told(name));
    }

    /** Answers as it was told. */
    private final class Told implements Connection {
        private final String name;

        Told(String name) {
            this.name = name;
        }

        @Override
        public SendResult send(Message message) throws InterruptedException {
            asked.add(name);
            messages.add(message);
            if (name.equals("three")) {
                ends.await();
            }
            if (broken.contains(name)) {
                throw new IllegalStateException("to " + message.to());
            }
            return answers.getOrDefault(name, SendResult.Accepted.plain());
        }

        @Override
        public State state() {
            return new State(!down.contains(name), "");
        }
    }

    @AfterEach
    void close() {
        dispatcher.close();
        bench.close();
    }

    @Test
    void aFaultMovesToTheNextConnectionAtOnce() {
        answers.put("one", FAULT);
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);

        assertThat(asked).containsExactly("one", "two");
        assertThat(messages).extracting(message -> message.code().digits()).containsOnly(VerifyTestBench.CODE);
        assertThat(messages).extracting(message -> message.ref().attempt()).containsOnly(1);
        assertThat(bench.verification(id).attempts()).hasSize(1);
        assertThat(hop(id, 1)).isEqualTo(new Hop(Channel.SMS, "two", "Acme"));
    }

    @Test
    void twoProvidersAreAskedAndNoMore() {
        bench.route(connections::table, Channel.SMS);
        List.of("one", "two", "three").forEach(name -> answers.put(name, FAULT));
        UUID id = create();
        settled(id, 2, DeliveryStatus.NOT_SENT);
        assertThat(asked).as("the third way is another attempt").containsExactly("one", "two", "three");
        assertThat(bench.verification(id).attempts().get(1).automatic()).isTrue();
        assertThat(bench.check(id, VerifyTestBench.CODE)).isEqualTo(CheckResult.WITHOUT_ATTEMPT);
        settled(found -> assertThat(bench.store.outbox()).isEmpty(), id);
    }

    @Test
    void whatMayHaveBeenSentIsNotSentAgainByThatChannel() {
        answers.put("one", new SendResult.Unknown("timed out"));
        UUID id = create();
        settled(id, 1, DeliveryStatus.UNKNOWN);
        assertThat(asked).containsExactly("one");

        bench.clock.advance(Duration.ofSeconds(25));
        assertThat(dispatcher.recover()).isEqualTo(1);
        settled(id, 2, DeliveryStatus.SUBMITTED);
        assertThat(asked).containsExactly("one", "wa");
        assertThat(hop(id, 2).channel()).isEqualTo(Channel.WHATSAPP);
    }

    @Test
    void aNumberThatNobodyCanReachIsNotTriedElsewhere() {
        answers.put("one", new SendResult.Rejected(SendResult.Reason.NUMBER, "unknown subscriber"));
        UUID id = create();
        settled(id, 1, DeliveryStatus.NOT_SENT);
        assertThat(asked).containsExactly("one");
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void fraudIsNotTriedElsewhere() {
        answers.put("one", new SendResult.Rejected(SendResult.Reason.FRAUD, "pumping"));
        UUID id = create();
        settled(id, 1, DeliveryStatus.NOT_SENT);
        bench.clock.advance(Duration.ofSeconds(30));
        bench.retry(id);
        assertThat(bench.verification(id).attempts())
                .as("nor when it is asked for")
                .hasSize(1);
        assertThat(asked).containsExactly("one");
    }

    @Test
    void aConnectionThatBreaksMayHaveSentIt() {
        broken.add("one");
        UUID id = create();
        settled(id, 1, DeliveryStatus.UNKNOWN);
        assertThat(asked).containsExactly("one");
    }

    @Test
    void aConnectionThatIsDownIsNotAskedFirst() {
        down.add("one");
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        assertThat(asked).containsExactly("two");
    }

    @Test
    void aConnectionThatGoesDownAfterTheRouteWasMadeIsLeftForLast() {
        RoutingTable before = connections.table();
        bench.route(() -> before, Channel.SMS);
        down.add("one");
        answers.put("two", FAULT);
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        assertThat(asked).containsExactly("two", "one");
    }

    @Test
    void aConnectionThatHangsHoldsUpNoOther() {
        ends = new CountDownLatch(1);
        down.addAll(List.of("one", "two"));
        IntStream.range(0, 520).forEach(i -> bench.create("+1212555" + (1000 + i), Optional.empty()));
        await().atMost(PATIENCE).until(() -> asked.size() == 512);
        down.remove("one");
        UUID id = create();
        await().atMost(PATIENCE)
                .until(() -> bench.verification(id).delivery(1).equals(Optional.of(DeliveryStatus.SUBMITTED)));
        assertThat(asked).hasSize(513).endsWith("one");
        ends.countDown();
        await().atMost(PATIENCE).until(() -> asked.size() == 521);
    }

    @Test
    void whatAProviderTookAndThenDidNotSendIsReplacedAtOnce() {
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        receive(new Subject.OurRef(new AttemptRef(id, 1)), DeliveryStatus.NOT_SENT);
        settled(id, 2, DeliveryStatus.SUBMITTED);
        assertThat(asked).containsExactly("one", "wa");
    }

    @Test
    void aConnectionCannotReportWhatAnotherSent() {
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        receipts.received(
                "two",
                Receipt.of(
                        new Subject.OurRef(new AttemptRef(id, 1)),
                        DeliveryStatus.UNDELIVERABLE,
                        bench.clock.instant()));
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.SUBMITTED);
        assertThat(asked).containsExactly("one");
    }

    @Test
    void whoIsNotOnAChannelIsReachedByAnother() {
        bench.route(connections::table, Channel.WHATSAPP, Channel.SMS);
        answers.put("wa", new SendResult.Rejected(SendResult.Reason.CHANNEL, "not a user"));
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        assertThat(asked).containsExactly("wa", "one");
        assertThat(hop(id, 1).lane().toString()).isEqualTo("one/sms");
    }

    @Test
    void aFaultBehindAWrongChannelSpeaksOnlyForItself() {
        bench.route(connections::table, Channel.WHATSAPP, Channel.SMS);
        answers.put("wa", new SendResult.Rejected(SendResult.Reason.CHANNEL, "not a user"));
        answers.put("one", FAULT);
        UUID id = create();
        settled(id, 2, DeliveryStatus.SUBMITTED);
        assertThat(asked).as("SMS is still a way").containsExactly("wa", "one", "two");
    }

    @Test
    void aMessageThatDoesNotArriveIsReplacedAtOnce() {
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        receive(new Subject.OurRef(new AttemptRef(id, 1)), DeliveryStatus.UNDELIVERABLE);
        settled(id, 2, DeliveryStatus.SUBMITTED);
        assertThat(asked).containsExactly("one", "wa");
    }

    @Test
    void aMessageOfWhichNothingIsHeardIsReplacedInTime() {
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        bench.clock.advance(Duration.ofSeconds(25).minusNanos(1_000_000));
        assertThat(dispatcher.recover()).isZero();
        bench.clock.advance(Duration.ofMillis(1));
        assertThat(dispatcher.recover()).isEqualTo(1);
        settled(id, 2, DeliveryStatus.SUBMITTED);
    }

    @Test
    void aMessageThatArrivedNeedsNoLook() {
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        receive(new Subject.OurRef(new AttemptRef(id, 1)), DeliveryStatus.DELIVERED);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void aValidCheckCancelsTheLook() {
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        assertThat(bench.check(id, VerifyTestBench.CODE)).isEqualTo(CheckResult.VALID);
        bench.clock.advance(Duration.ofSeconds(60));
        assertThat(dispatcher.recover()).isEqualTo(1);
        settled(_ -> assertThat(bench.store.outbox()).isEmpty(), id);
        assertThat(asked).containsExactly("one");
    }

    @Test
    void theTimeToWaitIsLearned() {
        for (int i = 0; i < 10; i++) {
            UUID id = bench.create("+1212555" + (1000 + i), Optional.empty());
            settled(id, 1, DeliveryStatus.SUBMITTED);
            bench.clock.advance(Duration.ofSeconds(7));
            receive(new Subject.OurRef(new AttemptRef(id, 1)), DeliveryStatus.DELIVERED);
        }
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        assertThat(bench.store.outbox()).singleElement().satisfies(item -> assertThat(item.dueAt())
                .isEqualTo(bench.clock.instant().plusSeconds(14)));
    }

    @Test
    void withOneWayNobodyLooks() {
        bench.route(connections::table, Channel.WHATSAPP);
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void receiptsUnderTheProvidersIdFindTheirMessageEvenWhenTheyComeFirst() {
        answers.put("one", new SendResult.Accepted(Optional.of("p-1"), Optional.empty()));
        receive(new Subject.ProviderId("p-1"), DeliveryStatus.DELIVERED);
        UUID id = create();
        settled(id, 1, DeliveryStatus.DELIVERED);
        assertThat(bench.store.outbox()).isEmpty();
    }

    @Test
    void anotherConnectionsReceiptIsNotTakenForOurs() {
        answers.put("one", new SendResult.Accepted(Optional.of("p-1"), Optional.empty()));
        UUID id = create();
        settled(id, 1, DeliveryStatus.SUBMITTED);
        receipts.received(
                "two", Receipt.of(new Subject.ProviderId("p-1"), DeliveryStatus.DELIVERED, bench.clock.instant()));
        assertThat(bench.verification(id).delivery(1)).contains(DeliveryStatus.SUBMITTED);
    }

    @Test
    void aConnectionThatKeepsFailingIsAskedLast() {
        answers.put("one", FAULT);
        for (int i = 0; i < 6; i++) {
            settled(bench.create("+1212555" + (1000 + i), Optional.empty()), 1, DeliveryStatus.SUBMITTED);
        }
        asked.clear();
        settled(create(), 1, DeliveryStatus.SUBMITTED);
        assertThat(asked).doesNotContain("one").hasSize(1);

        answers.clear();
        bench.clock.advance(Duration.ofSeconds(60));
        asked.clear();
        settled(bench.create("+12125552000", Optional.empty()), 1, DeliveryStatus.SUBMITTED);
        assertThat(asked).as("after the pause it is tried again").containsExactly("one");
    }

    @Test
    void evenAConnectionThatKeepsFailingIsAskedWhenNothingElseIsLeft() {
        bench.route(connections::table, Channel.WHATSAPP);
        answers.put("wa", FAULT);
        for (int i = 0; i < 6; i++) {
            settled(bench.create("+1212555" + (1000 + i), Optional.empty()), 1, DeliveryStatus.NOT_SENT);
        }
        assertThat(asked).hasSize(6).containsOnly("wa");
    }

    private UUID create() {
        return bench.create();
    }

    private void receive(Subject subject, DeliveryStatus status) {
        receipts.received("one", Receipt.of(subject, status, bench.clock.instant()));
    }

    private Hop hop(UUID id, int attempt) {
        Verification verification = bench.verification(id);
        return verification.hop(verification.attempts().get(attempt - 1));
    }

    private void settled(UUID id, int attempt, DeliveryStatus status) {
        settled(found -> assertThat(found.delivery(attempt)).contains(status), id);
    }

    private void settled(ThrowingConsumer<Verification> condition, UUID id) {
        await().pollInterval(Duration.ofMillis(2))
                .atMost(PATIENCE)
                .untilAsserted(() -> condition.accept(bench.verification(id)));
        await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(() -> dispatcher.inFlight() == 0);
    }
}
