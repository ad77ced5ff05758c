// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.ledger.Announcement;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.webhook.Letters.Share;
import dev.carillon.server.webhook.Letters.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            tx.announce(List.of(new Announcement(verification, 0, ACCOUNT, receiver, from, upto, at)));
            return true;
        });
        return verification;
    }

    /** Of everybody, at most four each. */
    private List<Letter> lease(Instant now) {
        List<Share> shares = letters.waiting(Optional.empty(), 100, now).stream()
                .filter(waiting -> waiting.account().isPresent())
                .map(waiting -> new Share(waiting.receiver(), 4))
                .toList();
        return letters.lease(now, now.plusSeconds(60), shares);
    }

    private void settle(Instant now, Outcome... outcomes) {
        letters.settle(List.of(outcomes), now);
    }

    private Letter find(UUID verification) {
        return letters.find(verification).getFirst();
    }

    @Test
    void whatIsAnnouncedIsDueAtOnceAndToOneNodeOnly() {
        UUID verification = announce(1, RECEIVER, 0, 2, NOW);
        assertThat(lease(NOW.minusMillis(1))).isEmpty();
        assertThat(lease(NOW))
                .containsExactly(new Letter(
                        verification, 0, ACCOUNT, RECEIVER, 0, 2, Optional.of(LEASED), NOW, 0, Optional.empty()));
        assertThat(lease(NOW)).isEmpty();
        // Who had it has died.
        assertThat(lease(LEASED)).hasSize(1);
    }

    @Test
    void whatIsToldIsGone() {
        announce(1, RECEIVER, 0, 2, NOW);
        Letter letter = lease(NOW).getFirst();
        settle(NOW, new Outcome.Told(letter, 2));
        assertThat(letters.list(ACCOUNT, false, 10)).isEmpty();
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
        assertThat(letters.list(ACCOUNT, true, 10)).hasSize(2);
        assertThat(letters.list(ACCOUNT, true, 1)).hasSize(1);
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
    void aLeaseTakesAFewOfEachReceiverThoseThatAreDueLongestFirst() {
        for (int i = 0; i < 20; i++) {
            announce(i, RECEIVER, 0, 1, NOW.minusSeconds(i));
        }
        announce(100, OTHER, 0, 1, NOW);
        assertThat(lease(NOW))
                .extracting(Letter::verification)
                .containsExactlyInAnyOrder(
                        new UUID(3, 19), new UUID(3, 18), new UUID(3, 17), new UUID(3, 16), new UUID(3, 100));
        announce(101, OTHER, 0, 1, NOW);
        assertThat(letters.lease(NOW, LEASED, List.of(new Share(OTHER, 7))))
                .extracting(Letter::verification)
                .containsExactly(new UUID(3, 101));
        assertThat(letters.lease(NOW, LEASED, List.of())).isEmpty();
    }

    @Test
    void receiversAreLookedAtInPages() {
        announce(1, RECEIVER, 0, 1, NOW);
        announce(2, RECEIVER, 0, 1, NOW);
        announce(3, OTHER, 0, 1, NOW.plusSeconds(9));
        Waiting first = new Waiting(RECEIVER, Optional.of(ACCOUNT));
        Waiting second = new Waiting(OTHER, Optional.empty());
        assertThat(letters.waiting(Optional.empty(), 9, NOW)).containsExactly(first, second);
        assertThat(letters.waiting(Optional.empty(), 1, NOW)).containsExactly(first);
        assertThat(letters.waiting(Optional.of(RECEIVER), 9, NOW)).containsExactly(second);
        assertThat(letters.waiting(Optional.of(OTHER), 9, NOW)).isEmpty();
    }

    @Test
    void theAudiencesOfAVerificationHaveEachTheirOwn() {
        UUID verification = new UUID(3, 1);
        boolean _ = database.store().write(tx -> {
            tx.announce(List.of(
                    new Announcement(verification, 1, ACCOUNT, OTHER, 0, 3, NOW),
                    new Announcement(verification, 0, ACCOUNT, RECEIVER, 0, 2, NOW)));
            return true;
        });
        assertThat(letters.find(verification)).extracting(Letter::upto).containsExactly(2, 3);
        Letter second = lease(NOW).stream()
                .filter(letter -> letter.audience() == 1)
                .findFirst()
                .orElseThrow();
        settle(NOW, new Outcome.Told(second, 3));
        assertThat(letters.find(verification)).extracting(Letter::audience).containsExactly(0);
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
        UUID verification = announce(1, RECEIVER, 0, 5, NOW);
        settle(NOW, new Outcome.Failed(lease(NOW).getFirst(), 4, "answered 500"));
        Instant later = NOW.plusSeconds(60);
        Letter underWay = lease(later).getFirst();
        letters.replay(verification, 0, ACCOUNT, RECEIVER, 5, later);
        // What was under way does not undo it.
        settle(later, new Outcome.Told(underWay, 5));
        assertThat(lease(later)).extracting(Letter::next).containsExactly(0);
        settle(later, new Outcome.Moot(find(verification)));
        assertThat(letters.oldestDue(later)).isEmpty();
        letters.replay(verification, 0, ACCOUNT, RECEIVER, 5, later);
        assertThat(letters.oldestDue(later.plusSeconds(3))).contains(Duration.ofSeconds(3));
        assertThat(letters.oldestDue(later.minusSeconds(3))).isEmpty();
    }
}
