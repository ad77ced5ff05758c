// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairQueueTest {
    private static final UUID LOUD = new UUID(1, 1);
    private static final UUID QUIET = new UUID(1, 2);
    private static final int CAPACITY = 4096;
    private static final int BATCH = 512;

    /** What waits, as a test sees it. */
    private record Item(UUID account, int number) {}

    private final FairQueue<Item> queue = new FairQueue<>(CAPACITY);
    private long now = 1;

    private int offer(UUID account, Precedence precedence, int count) {
        int taken = 0;
        while (taken < count && queue.offer(account, precedence, new Item(account, taken), now)) {
            taken++;
        }
        return taken;
    }

    private List<Item> take() throws InterruptedException {
        return queue.take(BATCH, 0);
    }

    private static long count(List<Item> batch, UUID account) {
        return batch.stream().filter(item -> item.account().equals(account)).count();
    }

    @Test
    void anAccountThatIsAloneFillsABatch() throws InterruptedException {
        assertThat(offer(LOUD, Precedence.FINISH, 1000)).isEqualTo(1000);

        assertThat(take())
                .hasSize(BATCH)
                .extracting(Item::number)
                .startsWith(0, 1, 2)
                .endsWith(511);
        assertThat(take()).hasSize(1000 - BATCH).extracting(Item::number).startsWith(512);
        assertThat(queue.size()).isZero();
    }

    @Test
    void whoComesLateIsInTheNextBatch() throws InterruptedException {
        offer(LOUD, Precedence.FINISH, 1000);
        offer(QUIET, Precedence.BEGIN, 3);

        List<Item> batch = take();

        assertThat(count(batch, QUIET)).isEqualTo(3);
        assertThat(count(batch, LOUD)).isEqualTo(FairQueue.QUANTUM);
    }

    @Test
    void batchesStaySmallWhileAnotherIsAbout() throws InterruptedException {
        offer(QUIET, Precedence.BEGIN, 1);
        take();
        offer(LOUD, Precedence.FINISH, 1000);

        assertThat(take()).hasSize(FairQueue.QUANTUM);

        now += TimeUnit.SECONDS.toNanos(2);
        offer(LOUD, Precedence.FINISH, 1);
        assertThat(take()).hasSize(BATCH);
    }

    @Test
    void whatBeginsIsRefusedBeforeWhatEnds() {
        int begun = offer(LOUD, Precedence.BEGIN, CAPACITY);
        int ended = offer(LOUD, Precedence.FINISH, CAPACITY);

        assertThat(begun).isEqualTo(512);
        assertThat(begun + ended).isEqualTo(1024);
        assertThat(queue.admits(LOUD, Precedence.BEGIN)).isFalse();
        assertThat(queue.admits(LOUD, Precedence.OWN)).isTrue();
    }

    @Test
    void aFewThatWantAllLeaveRoomForOne() {
        for (int i = 0; i < 8; i++) {
            assertThat(offer(new UUID(2, i), Precedence.FINISH, CAPACITY)).isLessThan(CAPACITY);
        }

        assertThat(offer(QUIET, Precedence.BEGIN, 5)).isEqualTo(5);
    }

    @Test
    void evenWhenItIsFullTheRoomThatComesIsForWhoHasLittle() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            offer(new UUID(2, i), Precedence.FINISH, CAPACITY);
        }
        take();

        assertThat(queue.admits(new UUID(2, 0), Precedence.FINISH)).isFalse();
        assertThat(offer(QUIET, Precedence.BEGIN, 5)).isEqualTo(5);
    }

    @Test
    void theServersOwnGoFirstAndTakeHalfAtMost() throws InterruptedException {
        offer(LOUD, Precedence.FINISH, 1000);
        assertThat(offer(Precedence.NOBODY, Precedence.OWN, CAPACITY)).isEqualTo(CAPACITY - 1000);

        List<Item> batch = take();

        assertThat(batch).hasSize(BATCH);
        assertThat(batch.getFirst().account()).isEqualTo(Precedence.NOBODY);
        assertThat(count(batch, LOUD)).isEqualTo(BATCH / 2);
        assertThat(queue.offer(Precedence.NOBODY, Precedence.OWN, new Item(LOUD, 0), now))
                .isTrue();
    }

    @Test
    void takingWaitsForTheFirst() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        List<Item> batch = new ArrayList<>();
        Thread taker = Thread.ofPlatform().start(() -> {
            try {
                batch.addAll(queue.take(BATCH, TimeUnit.SECONDS.toNanos(60)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            taken.countDown();
        });

        offer(QUIET, Precedence.BEGIN, 1);

        assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(batch).hasSize(1);
        taker.join();
    }

    /** Whatever comes and goes: nothing is lost or doubled, each account's goes in its order, nobody is passed over. */
    @Property(tries = 200)
    void nothingIsLostAndNobodyIsPassedOver(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 2000) Integer> steps,
            @ForAll @IntRange(min = 1, max = 7) int accounts)
            throws InterruptedException {
        FairQueue<Item> queue = new FairQueue<>(CAPACITY);
        Map<UUID, Integer> came = new HashMap<>();
        Map<UUID, Integer> went = new HashMap<>();
        long now = 0;
        for (int step : steps) {
            now += step * 1_000_000L;
            UUID account = new UUID(3, step % accounts);
            for (int i = 0; i < step; i++) {
                Item item = new Item(account, came.getOrDefault(account, 0));
                if (queue.offer(account, Precedence.FINISH, item, now)) {
                    came.merge(account, 1, Integer::sum);
                }
            }
            if (step % 3 == 0) {
                takeAndCheck(queue, came, went);
            }
            assertThat(queue.size()).isEqualTo(sum(came) - sum(went)).isLessThanOrEqualTo(CAPACITY);
        }
        while (queue.size() > 0) {
            takeAndCheck(queue, came, went);
        }
        assertThat(went).isEqualTo(came);
        assertThat(queue.take(BATCH, 0)).isEmpty();
    }

    private static void takeAndCheck(FairQueue<Item> queue, Map<UUID, Integer> came, Map<UUID, Integer> went)
            throws InterruptedException {
        Map<UUID, Integer> before = new HashMap<>(went);
        List<Item> batch = queue.take(BATCH, 0);
        assertThat(batch).hasSizeLessThanOrEqualTo(BATCH);
        for (Item item : batch) {
            assertThat(item.number()).isEqualTo(went.getOrDefault(item.account(), 0));
            went.merge(item.account(), 1, Integer::sum);
        }
        came.forEach((account, all) -> {
            int had = went.getOrDefault(account, 0) - before.getOrDefault(account, 0);
            int left = all - went.getOrDefault(account, 0);
            if (left > 0) { // then nobody got more than one more than it
                came.keySet().forEach(other -> assertThat(went.getOrDefault(other, 0) - before.getOrDefault(other, 0))
                        .isLessThanOrEqualTo(had + 1));
            }
        });
    }

    private static int sum(Map<UUID, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
