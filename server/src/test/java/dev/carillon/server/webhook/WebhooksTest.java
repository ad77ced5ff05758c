// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.carillon.server.ledger.Announcement;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A slow or dead receiver does not hold up the others and takes no more than its share, and what is held in memory does not grow with
 * the backlog. The same with 50,000 events over real connections is in {@code bench/webhooks.sh}.
 */
@Timeout(120)
class WebhooksTest {
    private static final int RECEIVERS = 100;
    private static final int HANGING = 10;
    private static final int LETTERS = 4_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static final Poster NO_POSTER = new Poster() {
        @Override
        public Optional<String> post(String url, Map<String, String> headers, byte[] body) {
            return Optional.of("not asked");
        }

        @Override
        public void close() {}
    };

    @TempDir
    Path folder;

    private final Map<UUID, AtomicInteger> inFlight = new ConcurrentHashMap<>();
    private final AtomicInteger mostOfOne = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger mostHeld = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);

    /** Theirs are the oldest letters, so that they come first. */
    private static boolean hangs(Letter letter) {
        return letter.receiver().getLeastSignificantBits() < HANGING;
    }

    private Outcome tell(Letter letter) {
        AtomicInteger now = inFlight.computeIfAbsent(letter.receiver(), _ -> new AtomicInteger());
        mostOfOne.accumulateAndGet(now.incrementAndGet(), Math::max);
        mostHeld.accumulateAndGet(held.incrementAndGet(), Math::max);
        try {
            if (hangs(letter)) {
                released.await();
                return new Outcome.Failed(letter, letter.next(), "hung");
            }
            told.incrementAndGet();
            return new Outcome.Told(letter, letter.upto());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed(letter, letter.next(), "stopped");
        } finally {
            now.decrementAndGet();
            held.decrementAndGet();
        }
    }

    @Test
    void whoHangsHoldsNobodyUpAndMemoryIsBounded() {
        Clock clock = Clock.systemUTC();
        try (OpenDatabase database = OpenDatabase.open(folder, Optional.empty())) {
            announce(database, clock.instant());
            Letters letters = new Letters(database);
            try (Webhooks webhooks = new Webhooks(letters, this::tell, NO_POSTER, clock, Duration.ofDays(30)).start()) {
                int others = LETTERS / RECEIVERS * (RECEIVERS - HANGING);
                await().atMost(PATIENCE).until(() -> told.get() == others);
                assertThat(mostOfOne.get()).isLessThanOrEqualTo(Receivers.PER_RECEIVER);
                assertThat(mostHeld.get()).isLessThanOrEqualTo(Receivers.ROOM);
                // Whoever hangs holds its share and nothing more; the rest of its letters are in the database.
                assertThat(webhooks.inFlight()).isLessThanOrEqualTo(HANGING * Receivers.PER_RECEIVER);
                assertThat(webhooks.oldestDue()).isPresent();
                released.countDown();
                // Who failed is left alone; what waits for it stays.
                await().atMost(PATIENCE).until(() -> isQuiet(letters));
            }
        }
    }

    private boolean isQuiet(Letters letters) {
        List<Letter> left = new ArrayList<>();
        for (int account = 0; account < RECEIVERS; account++) {
            left.addAll(letters.list(new UUID(1, account), false, LETTERS));
        }
        return left.size() == LETTERS / RECEIVERS * HANGING
                && left.stream().allMatch(WebhooksTest::hangs)
                && left.stream().anyMatch(letter -> letter.tries() == 1);
    }

    private static void announce(OpenDatabase database, Instant at) {
        List<Announcement> all = new ArrayList<>();
        for (int i = 0; i < LETTERS; i++) {
            int receiver = i % RECEIVERS;
            Instant due = receiver < HANGING ? at.minusSeconds(60) : at;
            all.add(new Announcement(new UUID(3, i), 0, new UUID(1, receiver), new UUID(2, receiver), 0, 3, due));
        }
        boolean _ = database.store().write(tx -> {
            tx.announce(all);
            return true;
        });
    }
}
