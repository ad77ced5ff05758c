// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.core.account.Money;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.lookup.paid.LookupMetrics.Outcome;
import dev.carillon.server.secret.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PaidLookupsTest {
    private static final UUID ACCOUNT = new UUID(1, 1);
    private static final PhoneNumber FRENCH = number("+33612345678");
    private static final PhoneNumber AMERICAN = number("+12025550123");
    private static final Set<Topic> NETWORK = Set.of(Topic.NETWORK);
    private static final Set<Topic> BOTH = Set.of(Topic.NETWORK, Topic.CALLER_NAME);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Finding ORANGE = finding("20801", null);
    private static final Finding NAMED = finding("310410", "ACME");

    private final TestClock clock = new TestClock();
    private final TestProviders.Memory memory = new TestProviders.Memory();
    private final List<String> charged = new CopyOnWriteArrayList<>();
    private final List<String> paid = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<PaidLookups> opened = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean poor = new AtomicBoolean();

    private final LookupCharges books = new LookupCharges() {
        @Override
        public boolean take(UUID account, PhoneNumber number, String provider, Money price) {
            return !poor.get() && charged.add(provider + " " + price);
        }

        @Override
        public void giveBack(UUID account, PhoneNumber number, String provider, Money price) {
            charged.remove(provider + " " + price);
        }
    };

    private final LookupMetrics meter = new LookupMetrics() {
        @Override
        public void asked(String provider, Outcome outcome) {
            told.add(provider + " " + outcome);
        }

        @Override
        public void paid(String provider, Money price) {
            paid.add(provider + " " + price);
        }
    };

    private static PhoneNumber number(String text) {
        return NumberingPlan.parse(text).asOptional().orElseThrow();
    }

    private static Finding finding(String network, @Nullable String name) {
        return new Finding(
                Optional.empty(),
                Optional.of(new Network(network)),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(name));
    }

    private PaidLookups over(Duration timeout, PaidLookups.Entry... entries) {
        PaidLookups lookups = new PaidLookups(List.of(entries), memory, books, meter, clock, timeout);
        opened.add(lookups);
        return lookups;
    }

    private PaidLookups.Entry counted(String name, TestProviders.Script script) {
        return TestProviders.entry(name, "all", (number, topics) -> {
            asked.incrementAndGet();
            return script.ask(number, topics);
        });
    }

    @AfterEach
    void close() {
        opened.forEach(PaidLookups::close);
    }

    @Test
    void whoCannotPayIsNotAskedFor() {
        poor.set(true);
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> ORANGE));
        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK)).isEqualTo(KnownAnswer.NONE);
        assertThat(asked).hasValue(0);
        assertThat(told).containsExactly("one SKIPPED");

        poor.set(false);
        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK).finding()).isEqualTo(ORANGE);
        assertThat(paid).containsExactly("one 0.01 EUR");
    }

    @Test
    void whoGotNothingMayAskAgainAtOnce() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> ORANGE));
        for (int i = 0; i < 1_000; i++) {
            UUID account = new UUID(2, i);
            poor.set(true);
            assertThat(lookups.of(account, FRENCH, NETWORK)).isEqualTo(KnownAnswer.NONE);
            poor.set(false);
            assertThat(lookups.of(account, FRENCH, NETWORK).finding()).isEqualTo(ORANGE);
        }
    }

    @Test
    void aQuestionThatIsNotAnsweredIsGivenBack() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> {
            throw new LookupFailedException("down");
        }));
        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK)).isEqualTo(KnownAnswer.NONE);
        assertThat(charged).isEmpty();
        assertThat(paid).isEmpty();
    }

    @Test
    void anAnswerCountsForADayAndIsPaidForOnce() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> ORANGE));

        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK).finding()).isEqualTo(ORANGE);
        awaitKept(ACCOUNT);
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK).finding()).isEqualTo(ORANGE);
        assertThat(asked).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK).finding()).isEqualTo(ORANGE);
        assertThat(asked).hasValue(2);
        assertThat(charged).containsExactly("one 0.01 EUR", "one 0.01 EUR");
    }

    @Test
    void aNameCountsForThirtyDays() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, topics) -> topics.size() == 2 ? NAMED : ORANGE));

        assertThat(lookups.of(ACCOUNT, AMERICAN, BOTH).finding()).isEqualTo(NAMED);
        await().atMost(PATIENCE).until(() -> !memory.find(ACCOUNT, AMERICAN).equals(KnownAnswer.NONE));
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        KnownAnswer later = lookups.of(ACCOUNT, AMERICAN, BOTH);
        assertThat(later.finding().callerName()).contains("ACME");
        assertThat(later.finding().network()).contains(new Network("20801"));
        assertThat(charged).containsExactlyInAnyOrder("one 0.01 EUR", "one 0.02 EUR", "one 0.01 EUR");
    }

    @Test
    void whatNobodyKnowsIsNotAskedAgainForAnHour() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> Finding.NOTHING));

        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK).finding()).isEqualTo(Finding.NOTHING);
        awaitKept(ACCOUNT);
        clock.advance(Duration.ofMinutes(59));
        KnownAnswer _ = lookups.of(ACCOUNT, FRENCH, NETWORK);
        assertThat(asked).hasValue(1);
        clock.advance(Duration.ofMinutes(1));
        KnownAnswer _ = lookups.of(ACCOUNT, FRENCH, NETWORK);
        assertThat(asked).hasValue(2);
    }

    @Test
    void theNextIsAskedWhenOneFailsOrDoesNotKnow() {
        PaidLookups lookups = over(
                PATIENCE,
                TestProviders.entry("broken", "all", (_, _) -> {
                    throw new LookupFailedException("HTTP 500");
                }),
                TestProviders.entry("foreign", "DE", (_, _) -> finding("26201", null)),
                TestProviders.entry("ignorant", "all", (_, _) -> Finding.NOTHING),
                TestProviders.entry("good", "FR", (_, _) -> ORANGE),
                TestProviders.entry("spare", "all", (_, _) -> finding("20815", null)));

        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK).finding()).isEqualTo(ORANGE);
        assertThat(told).containsExactly("broken FAILED", "ignorant NOTHING", "good FOUND");
        assertThat(charged).containsExactly("ignorant 0.01 EUR", "good 0.01 EUR");
    }

    @Test
    void whoeverWaitsWaitsNoLongerThanTheTimeOut() {
        CountDownLatch released = new CountDownLatch(1);
        PaidLookups lookups = over(Duration.ofMillis(50), TestProviders.entry("hanging", "all", (_, _) -> {
            released.await();
            return ORANGE;
        }));

        // Returns although the provider has not, and never will before it is released.
        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK)).isEqualTo(KnownAnswer.NONE);
        assertThat(told).isEmpty();

        released.countDown();
        awaitKept(ACCOUNT);
        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK).finding())
                .as("what came late is kept")
                .isEqualTo(ORANGE);
    }

    @Test
    void theChainEndsWithTheTime() {
        PaidLookups lookups = over(
                Duration.ofMillis(1),
                TestProviders.entry("slow", "all", (_, _) -> {
                    Thread.sleep(20);
                    throw new LookupFailedException("no answer");
                }),
                counted("next", (_, _) -> ORANGE));

        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK)).isEqualTo(KnownAnswer.NONE);
        await().atMost(PATIENCE).until(() -> told.contains("slow FAILED"));
        assertThat(asked).hasValue(0);
    }

    @Test
    void manyWhoAskTheSameShareOneQuestion() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> {
            begun.countDown();
            released.await();
            return ORANGE;
        }));
        List<CompletableFuture<KnownAnswer>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<KnownAnswer> answer = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> answer.complete(lookups.of(ACCOUNT, FRENCH, NETWORK)));
            all.add(answer);
        }
        begun.await();
        released.countDown();

        assertThat(all).allSatisfy(answer -> assertThat(answer.join().finding()).isEqualTo(ORANGE));
        assertThat(asked).hasValue(1);
        assertThat(charged).hasSize(1);
    }

    /** Whoever looked just before an answer was kept, and comes to ask just after. */
    @Test
    void whatWasAnsweredMeanwhileIsNotAskedAgain() throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch kept = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        KnownAnswers slow = new KnownAnswers() {
            @Override
            public KnownAnswer find(UUID account, PhoneNumber number) {
                KnownAnswer found = memory.find(account, number);
                if (first.getAndSet(false)) {
                    looked.countDown();
                    pause(kept);
                }
                return found;
            }

            @Override
            public void keep(UUID account, PhoneNumber number, KnownAnswer answer) {
                memory.keep(account, number, answer);
            }
        };
        PaidLookups lookups =
                new PaidLookups(List.of(counted("one", (_, _) -> ORANGE)), slow, books, meter, clock, PATIENCE);
        opened.add(lookups);
        CompletableFuture<KnownAnswer> late = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> late.complete(lookups.of(ACCOUNT, FRENCH, NETWORK)));
        looked.await();

        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK).finding()).isEqualTo(ORANGE);
        awaitKept(ACCOUNT);
        kept.countDown();

        assertThat(late.join().finding()).isEqualTo(ORANGE);
        assertThat(asked).hasValue(1);
        assertThat(paid).containsExactly("one 0.01 EUR");
    }

    @Test
    void whatOneAccountPaidForAnotherDoesNotLearn() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> ORANGE));

        KnownAnswer _ = lookups.of(ACCOUNT, FRENCH, NETWORK);
        KnownAnswer _ = lookups.of(new UUID(2, 2), FRENCH, NETWORK);

        assertThat(asked).hasValue(2);
    }

    @Test
    void aProviderThatKeepsFailingIsLeftAloneForAWhile() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> {
            throw new LookupFailedException("HTTP 503");
        }));
        for (int i = 0; i < 8; i++) {
            assertThat(lookups.of(ACCOUNT, number("+3361234567" + i), NETWORK)).isEqualTo(KnownAnswer.NONE);
        }
        assertThat(asked).hasValue(5);
        assertThat(told).endsWith("one SKIPPED", "one SKIPPED", "one SKIPPED");

        clock.advance(Duration.ofSeconds(5));
        KnownAnswer _ = lookups.of(ACCOUNT, FRENCH, NETWORK);
        assertThat(asked).as("the probe").hasValue(6);
    }

    @Test
    void whatBreaksBreaksNoLookup() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> {
            throw new IllegalStateException("a defect");
        }));

        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK)).isEqualTo(KnownAnswer.NONE);
        assertThat(told).containsExactly("one FAILED");
    }

    @Test
    void afterItIsClosedNobodyIsAsked() {
        PaidLookups lookups = over(PATIENCE, counted("one", (_, _) -> ORANGE));
        lookups.close();

        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK)).isEqualTo(KnownAnswer.NONE);
        assertThat(asked).hasValue(0);
    }

    @Test
    void withTooMuchOpenLookupsAnswerWhatIsKnown() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        CountDownLatch full = new CountDownLatch(PaidLookups.MAX_OPEN);
        PaidLookups lookups = over(PATIENCE, TestProviders.entry("one", "all", (_, _) -> {
            full.countDown();
            released.await();
            return ORANGE;
        }));
        for (int i = 0; i < PaidLookups.MAX_OPEN; i++) {
            PhoneNumber number = number("+336123" + (10_000 + i));
            Thread.ofVirtual().start(() -> {
                KnownAnswer _ = lookups.of(ACCOUNT, number, NETWORK);
            });
        }
        full.await();

        assertThat(lookups.of(ACCOUNT, FRENCH, NETWORK)).isEqualTo(KnownAnswer.NONE);
        released.countDown();
    }

    private static void pause(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitKept(UUID account) {
        await().atMost(PATIENCE).until(() -> !memory.find(account, FRENCH).equals(KnownAnswer.NONE));
    }
}
