// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.ledger.Announcement;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the table of letters does, on any engine. */
abstract class LettersContract {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LEASED = NOW.plusSeconds(60);
    private static final UUID ACCOUNT = new UUID(1, 1);
    private static final UUID RECEIVER = new UUID(2, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Letters.Busy NOBODY = new Letters.Busy(List.of(), List.of());

    @TempDir
    Path folder;

    private OpenDatabase database;
    private Letters letters;

    abstract OpenDatabase open();

    @BeforeEach
    void openDatabase() {
        database = open();
        letters = new Letters(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private UUID announce(int number, UUID receiver, int from, int upto, Instant at) {
        UUID verification = new UUID(3, number);
        boolean _ = database.store().write(tx -> {
            tx.announce(List.of(new Announcement(verification, ACCOUNT, receiver, from, upto, at)));
            return true;
        });
        return verification;
    }

    private List<Letter> lease(Instant now) {
        return letters.lease(now, now.plusSeconds(60), 10, 4, NOBODY);
    }

    private void settle(Instant now, Outcome... outcomes) {
        letters.settle(List.of(outcomes), now);
    }

    private Letter find(UUID verification) {
        return letters.find(verification).orElseThrow();
    }

    @Test
    void whatIsAnnouncedIsDueAtOnceAndToOneNodeOnly() {
        UUID verification = announce(1, RECEIVER, 0, 2, NOW);
        assertThat(letters.isAnyDue(NOW)).isTrue();
        assertThat(letters.isAnyDue(NOW.minusMillis(1))).isFalse();
        assertThat(lease(NOW))
                .containsExactly(new Letter(
                        verification, ACCOUNT, RECEIVER, 0, 2, Optional.of(LEASED), NOW, 0, Optional.empty()));
        assertThat(lease(NOW)).isEmpty();
        assertThat(letters.isAnyDue(NOW)).isFalse();
        // Who had it has died.
        assertThat(lease(LEASED)).hasSize(1);
    }

    @Test
    void whatIsToldIsGone() {
        announce(1, RECEIVER, 0, 2, NOW);
        Letter letter = lease(NOW).getFirst();
        settle(NOW, new Outcome.Told(letter, 2));
        assertThat(letters.list(ACCOUNT, 10)).isEmpty();
    }

    @Test
    void whatCameMeanwhileIsNotLost() {
        UUID verification = announce(1, RECEIVER, 0, 2, NOW);
        Letter letter = lease(NOW).getFirst();
        announce(1, RECEIVER, 2, 3, NOW);
        settle(NOW, new Outcome.Told(letter, 2));
        assertThat(find(verification).next()).isEqualTo(2);
        assertThat(find(verification).upto()).isEqualTo(3);
        assertThat(lease(NOW)).hasSize(1);
    }

    @Test
    void whatIsTakenFromALeaseThatRanOutDoesNotGoBack() {
        UUID verification = announce(1, RECEIVER, 0, 9, NOW);
        Letter slow = lease(NOW).getFirst();
        Letter fast = lease(LEASED).getFirst();
        settle(LEASED, new Outcome.Told(fast, 4));
        settle(LEASED, new Outcome.Failed(slow, 1, "late"));
        assertThat(find(verification).next()).isEqualTo(4);
        assertThat(find(verification).tries()).isZero();
    }

    @Test
    void whatFailsIsTriedLaterAndLaterAndThenGivenUp() {
        UUID verification = announce(1, RECEIVER, 0, 1, NOW);
        List<Duration> pauses = new ArrayList<>();
        Instant now = NOW;
        while (find(verification).dueAt().isPresent()) {
            Letter letter = lease(now).getFirst();
            settle(now, new Outcome.Failed(letter, 0, "answered 500"));
            Optional<Instant> due = find(verification).dueAt();
            if (due.isPresent()) {
                assertThat(lease(due.get().minusMillis(1))).isEmpty();
                pauses.add(Duration.between(now, due.get()));
                now = due.get();
            }
        }
        assertThat(pauses).hasSize(37).startsWith(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(4));
        assertThat(Duration.between(NOW, now)).isGreaterThanOrEqualTo(Duration.ofDays(14));
        assertThat(lease(Instant.parse("2100-01-01T00:00:00Z"))).isEmpty();
        assertThat(find(verification).error()).contains("answered 500");
    }

    @Test
    void whatWasGivenUpIsTriedAgainOnDemandOrWhenThereIsMore() {
        Instant end = NOW.plus(RetryPlan.PATIENCE);
        UUID one = announce(1, RECEIVER, 0, 1, NOW);
        UUID two = announce(2, RECEIVER, 0, 1, NOW);
        for (Letter letter : lease(NOW)) {
            settle(end, new Outcome.Failed(letter, 0, "answered 500"));
        }
        assertThat(find(one).dueAt()).isEmpty();
        announce(1, RECEIVER, 1, 2, end);
        assertThat(lease(end)).extracting(Letter::verification).containsExactly(one);
        assertThat(letters.replayDead(ACCOUNT, end)).isEqualTo(1);
        assertThat(lease(end)).extracting(Letter::verification).containsExactly(two);
        assertThat(find(two).since()).isEqualTo(end);
    }

    @Test
    void progressBeginsThePlanAnew() {
        UUID verification = announce(1, RECEIVER, 0, 3, NOW);
        settle(NOW, new Outcome.Failed(lease(NOW).getFirst(), 0, "answered 500"));
        Instant later = NOW.plusSeconds(60);
        settle(later, new Outcome.Failed(lease(later).getFirst(), 1, "answered 500"));
        assertThat(find(verification).tries()).isEqualTo(1);
        assertThat(find(verification).since()).isEqualTo(later);
    }

    @Test
    void aLeaseTakesAFewOfEachReceiverAndNoneOfABusyOne() {
        for (int i = 0; i < 20; i++) {
            announce(i, RECEIVER, 0, 1, NOW.minusSeconds(60));
        }
        announce(100, OTHER, 0, 1, NOW);
        assertThat(lease(NOW)).extracting(Letter::receiver).hasSize(5).contains(OTHER);
        Letters.Busy busy = new Letters.Busy(Set.of(RECEIVER), Set.of());
        announce(101, OTHER, 0, 1, NOW);
        assertThat(letters.lease(NOW, LEASED, 10, 4, busy))
                .extracting(Letter::verification)
                .containsExactly(new UUID(3, 101));
        assertThat(letters.lease(NOW, LEASED, 10, 4, new Letters.Busy(Set.of(), Set.of(ACCOUNT))))
                .isEmpty();
    }

    @Test
    void whatIsDeferredComesWhenItsTimeHasCome() {
        announce(1, RECEIVER, 0, 1, NOW);
        settle(NOW, new Outcome.Deferred(lease(NOW).getFirst(), NOW.plusSeconds(5)));
        assertThat(lease(NOW.plusSeconds(4))).isEmpty();
        assertThat(lease(NOW.plusSeconds(5))).extracting(Letter::tries).containsExactly(0);
    }

    @Test
    void whatNobodyAsksForAnyMoreIsBuried() {
        UUID verification = announce(1, RECEIVER, 0, 1, NOW);
        letters.bury(NOW.plus(Duration.ofDays(14)), Duration.ofDays(30));
        assertThat(find(verification).dueAt()).isPresent();
        letters.bury(NOW.plus(Duration.ofDays(15)), Duration.ofDays(30));
        assertThat(find(verification).dueAt()).isEmpty();
        letters.bury(NOW.plus(Duration.ofDays(45)), Duration.ofDays(30));
        assertThat(letters.find(verification)).isEmpty();
    }

    @Test
    void aVerificationIsReplayedFromItsBeginning() {
        UUID verification = announce(1, RECEIVER, 4, 5, NOW);
        letters.replay(verification, ACCOUNT, RECEIVER, 5, NOW);
        assertThat(lease(NOW)).extracting(Letter::next).containsExactly(0);
        settle(NOW, new Outcome.Moot(find(verification)));
        letters.replay(verification, ACCOUNT, RECEIVER, 5, NOW);
        assertThat(letters.oldestDue(NOW.plusSeconds(3))).contains(Duration.ofSeconds(3));
    }
}
