// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store must do: with rows, with the outbox, and in housekeeping. A subclass says how to open one. */
public abstract class StoreContract extends RowContract {

    @Test
    void whatIsLeasedIsTheItemWithItsNewTime() {
        OutboxItem item = item(NOW);
        enqueue(item);
        assertThat(store.lease(NOW.minusMillis(1), LATER, 10)).isEmpty();
        assertThat(store.lease(NOW, LATER, 10)).containsExactly(item.dueAt(LATER));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsToBeDoneIsKept(OutboxItem.Kind kind) {
        OutboxItem item = new OutboxItem(key(), key(), 3, kind, NOW);
        enqueue(item);
        assertThat(store.lease(NOW, LATER, 10)).containsExactly(item.dueAt(LATER));
    }

    @Test
    void anItemMayTakeThePlaceOfAnotherOfTheSameAttempt() {
        OutboxItem send = item(NOW);
        enqueue(send);
        OutboxItem look =
                new OutboxItem(send.id(), send.verification(), send.attempt(), OutboxItem.Kind.FALLBACK, LATER);
        store.write(tx -> {
            tx.complete(List.of(send.id()));
            tx.enqueue(List.of(look));
            return 0;
        });
        assertThat(store.lease(NOW, LATER, 10)).isEmpty();
        assertThat(store.lease(LATER, LATER, 10)).containsExactly(look);
    }

    @Test
    void aLeaseHoldsUntilItsEnd() {
        enqueue(item(NOW));
        assertThat(store.lease(NOW, LATER, 10)).hasSize(1);
        assertThat(store.lease(NOW, LATER, 10)).isEmpty();
        assertThat(store.lease(LATER.minusMillis(1), LATER.plusSeconds(9), 10)).isEmpty();
        assertThat(store.lease(LATER, LATER.plusSeconds(9), 10)).hasSize(1);
    }

    @Test
    void aLeaseIsRenewedWhileTheMessageIsBeingSent() {
        OutboxItem send = item(NOW);
        OutboxItem done = item(NOW);
        OutboxItem look = new OutboxItem(key(), key(), 1, OutboxItem.Kind.FALLBACK, NOW);
        enqueue(send, look);
        store.renew(List.of(send.id(), done.id(), look.id()), LATER);
        assertThat(store.lease(LATER.minusMillis(1), LATER, 10)).containsExactly(look.dueAt(LATER));
        assertThat(store.lease(LATER, LATER, 10)).contains(send.dueAt(LATER)).doesNotContain(done);
    }

    @Test
    void theLongestDueComesFirst() {
        List<OutboxItem> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            items.add(item(NOW.plusSeconds(i)));
        }
        enqueue(items.reversed().toArray(OutboxItem[]::new));
        List<UUID> ids = items.stream().map(OutboxItem::id).toList();
        assertThat(store.lease(NOW.plusSeconds(7), LATER, 5))
                .extracting(OutboxItem::id)
                .containsExactlyElementsOf(ids.subList(0, 5));
        assertThat(store.lease(NOW.plusSeconds(7), LATER, 5))
                .extracting(OutboxItem::id)
                .containsExactlyElementsOf(ids.subList(5, 8));
    }

    @Test
    void noItemIsLeasedTwice() throws Exception {
        int count = 600;
        for (int i = 0; i < count; i += 100) {
            OutboxItem[] items = new OutboxItem[100];
            Arrays.setAll(items, n -> item(NOW));
            enqueue(items);
        }
        List<Store> nodes = List.of(store, store, openAnother(), openAnother());
        List<List<UUID>> taken = inParallel(nodes.size(), node -> {
            List<UUID> mine = new ArrayList<>();
            List<OutboxItem> leased;
            do {
                leased = nodes.get(node).lease(NOW, LATER, 17);
                leased.forEach(item -> mine.add(item.id()));
            } while (!leased.isEmpty());
            return mine;
        });
        List<UUID> all = taken.stream().flatMap(Collection::stream).toList();
        // A node that finds all due items locked by others stops early, so the rest may still be there.
        List<UUID> rest = new ArrayList<>();
        store.lease(NOW, LATER, 1_000).forEach(item -> rest.add(item.id()));
        assertThat(store.lease(NOW, LATER, 1_000)).isEmpty();
        Set<UUID> distinct = new HashSet<>(all);
        assertThat(distinct).hasSameSizeAs(all);
        distinct.addAll(rest);
        assertThat(distinct).hasSize(count);
        assertThat(all.size() + rest.size()).isEqualTo(count);
    }

    @Test
    void whatIsCompletedIsGone() {
        OutboxItem done = item(NOW);
        OutboxItem open = item(NOW);
        enqueue(done, open);
        store.write(tx -> {
            tx.complete(List.of(done.id(), key()));
            return 0;
        });
        assertThat(store.lease(NOW, LATER, 10)).extracting(OutboxItem::id).containsExactly(open.id());
    }

    @Test
    void theOldestDueIsKnown() {
        assertThat(store.oldestDue(NOW)).isEmpty();
        enqueue(item(NOW.plusSeconds(5)), item(NOW.plusSeconds(3)));
        assertThat(store.oldestDue(NOW)).isEmpty();
        assertThat(store.oldestDue(NOW.plusSeconds(3))).hasValue(Duration.ZERO);
        assertThat(store.oldestDue(NOW.plusSeconds(10))).hasValue(Duration.ofSeconds(7));
    }

    @Test
    void anItemThatExistsIsAConflict() {
        OutboxItem item = item(NOW);
        enqueue(item);
        assertThatThrownBy(() -> enqueue(item)).isInstanceOf(StoreConflictException.class);
    }

    // ---- housekeeping

    @ParameterizedTest
    @EnumSource(names = {"REPLAY", "NUMBER", "REFERENCE", "COUNTER"})
    void expiredRowsGo(RowKind kind) {
        UUID live = key();
        UUID dead = key();
        insert(kind, new Row(live, bytes("x"), NOW.plusMillis(1)), new Row(dead, bytes("x"), NOW));
        // A number's row outlives the verifications that it leads to.
        Instant end = kind == RowKind.NUMBER ? NOW.plus(RETENTION).plus(Duration.ofDays(2)) : NOW;
        maintainAll(store, end.minusMillis(1));
        assertThat(store.read(kind, dead)).isPresent();
        maintainAll(store, end);
        assertThat(store.read(kind, dead)).isEmpty();
        assertThat(store.read(kind, live)).isPresent();
    }

    @Test
    void anUpdateProlongsTheLife() {
        UUID key = key();
        insert(RowKind.COUNTER, new Row(key, bytes("x"), NOW));
        store.write(tx -> {
            tx.load(RowKind.COUNTER, List.of(key));
            tx.update(RowKind.COUNTER, List.of(new Row(key, bytes("y"), LATER)));
            return 0;
        });
        maintainAll(store, NOW);
        assertThat(store.read(RowKind.COUNTER, key)).hasValue(bytes("y"));
    }

    @Test
    void manyExpiredRowsGoInSmallSteps() {
        Row[] rows = new Row[1_700];
        Arrays.setAll(rows, i -> new Row(key(), bytes("x"), i % 3 == 0 ? LATER : NOW));
        insert(RowKind.COUNTER, rows);
        assertThat(store.maintain(NOW, RETENTION)).isTrue();
        assertThat(Arrays.stream(rows)
                        .filter(row -> store.read(RowKind.COUNTER, row.key()).isPresent())
                        .count())
                .isBetween(1_000L, 1_500L);
        maintainAll(store, NOW);
        assertThat(rows).allSatisfy(row -> assertThat(
                        store.read(RowKind.COUNTER, row.key()).isPresent())
                .isEqualTo(row.expiresAt().equals(LATER)));
    }

    @Test
    void rareExpiredRowsGoInTime() {
        UUID dead = new UUID(-1, 0); // at the far end of the walk
        Row[] rows = new Row[1_200];
        Arrays.setAll(rows, i -> row(key(), "x"));
        insert(RowKind.REPLAY, rows);
        insert(RowKind.REPLAY, new Row(dead, bytes("x"), NOW));
        assertThat(store.maintain(NOW, RETENTION)).isFalse();
        for (int i = 0; i < 3; i++) {
            maintainAll(store, NOW);
        }
        assertThat(store.read(RowKind.REPLAY, dead)).isEmpty();
        assertThat(store.read(RowKind.REPLAY, rows[0].key())).isPresent();
    }

    @Test
    void verificationsGoWithTheirAge() {
        UUID old = verificationId(NOW.minus(RETENTION).minus(Duration.ofDays(1)));
        UUID young = verificationId(NOW.minus(RETENTION).plusMillis(1));
        insert(RowKind.VERIFICATION, new Row(old, bytes("x"), LATER), new Row(young, bytes("x"), Instant.EPOCH));
        maintainAll(store, NOW);
        assertThat(store.read(RowKind.VERIFICATION, old)).isEmpty();
        assertThat(store.read(RowKind.VERIFICATION, young)).isPresent();
    }

    @Test
    void manyOldVerificationsGo() {
        Instant created = NOW.minus(Duration.ofDays(40));
        Row[] rows = new Row[1_100];
        Arrays.setAll(rows, i -> row(verificationId(created.plusMillis(i)), "x"));
        insert(RowKind.VERIFICATION, rows);
        assertThat(store.maintain(NOW, RETENTION)).isTrue();
        maintainAll(store, NOW);
        assertThat(rows).allSatisfy(row -> assertThat(store.read(RowKind.VERIFICATION, row.key()))
                .isEmpty());
    }

    @Test
    void housekeepingOfTwoNodesDisturbsNoWriter() throws Exception {
        Row[] dead = new Row[3_000];
        Arrays.setAll(dead, i -> new Row(key(), bytes("x"), NOW));
        insert(RowKind.COUNTER, dead);
        UUID counter = key();
        insert(RowKind.COUNTER, row(counter, "0"));
        AtomicBoolean stop = new AtomicBoolean();
        List<Store> nodes = List.of(store, openAnother());
        int increments = 100;
        inParallel(4, thread -> {
            Store node = nodes.get(thread % 2);
            if (thread < 2) {
                Instant time = NOW;
                while (!stop.get()) {
                    node.maintain(time, RETENTION);
                    time = time.plus(Duration.ofHours(6)); // so that partitions come and go under the writers
                }
            } else {
                try {
                    for (int i = 0; i < increments; i++) {
                        retrying(node, tx -> {
                            byte[] body =
                                    tx.load(RowKind.COUNTER, List.of(counter)).get(counter);
                            tx.update(
                                    RowKind.COUNTER,
                                    List.of(new Row(
                                            counter,
                                            bytes(String.valueOf(number(body) + 1)),
                                            Instant.ofEpochSecond(1L << 40))));
                            tx.insert(RowKind.VERIFICATION, List.of(row(verificationId(NOW), "x")));
                            return 0;
                        });
                    }
                } finally {
                    stop.set(true);
                }
            }
            return 0;
        });
        assertThat(store.read(RowKind.COUNTER, counter)).hasValue(bytes(String.valueOf(2 * increments)));
    }
}
