// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do with rows. */
abstract class RowContract extends StoreTestKit {

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsRead(RowKind kind) {
        UUID key = key();
        insert(kind, row(key, "first"));
        assertThat(store.read(kind, key)).hasValue(bytes("first"));

        store.write(tx -> {
            assertThat(tx.load(kind, List.of(key))).containsOnlyKeys(key);
            tx.update(kind, List.of(row(key, "second")));
            return 0;
        });
        assertThat(store.read(kind, key)).hasValue(bytes("second"));

        store.write(tx -> {
            tx.delete(kind, List.of(key, key()));
            return 0;
        });
        assertThat(store.read(kind, key)).isEmpty();
    }

    @Test
    void kindsAreApart() {
        UUID key = key();
        for (RowKind kind : RowKind.values()) {
            insert(kind, row(key, kind.name()));
        }
        for (RowKind kind : RowKind.values()) {
            assertThat(store.read(kind, key)).hasValue(bytes(kind.name()));
        }
    }

    @Test
    void loadReturnsOnlyWhatExists() {
        UUID there = key();
        UUID missing = key();
        insert(RowKind.NUMBER, row(there, "x"));
        Map<UUID, byte[]> loaded = store.write(tx -> tx.load(RowKind.NUMBER, List.of(missing, there, there)));
        assertThat(loaded).containsOnlyKeys(there);
        assertThat(loaded.get(there)).isEqualTo(bytes("x"));
    }

    @Test
    void nothingToDoIsFine() {
        store.write(tx -> {
            assertThat(tx.load(RowKind.COUNTER, List.of())).isEmpty();
            tx.insert(RowKind.COUNTER, List.of());
            tx.update(RowKind.COUNTER, List.of());
            tx.delete(RowKind.COUNTER, List.of());
            tx.enqueue(List.of());
            tx.complete(List.of());
            return 0;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000})
    void bodiesOfAnySize(int size) {
        byte[] body = new byte[size];
        random.nextBytes(body);
        for (RowKind kind : RowKind.values()) {
            UUID key = key();
            insert(kind, new Row(key, body, LATER));
            assertThat(store.read(kind, key)).hasValue(body);
            assertThat(store.write(tx -> tx.load(kind, List.of(key))).get(key)).isEqualTo(body);
            store.write(tx -> {
                tx.load(kind, List.of(key));
                tx.update(kind, List.of(new Row(key, body, LATER)));
                return 0;
            });
            assertThat(store.read(kind, key)).hasValue(body);
        }
    }

    @Test
    void keysOfEveryShape() {
        List<UUID> keys = List.of(
                new UUID(0, 1),
                new UUID(Long.MAX_VALUE, Long.MAX_VALUE),
                new UUID(Long.MIN_VALUE, Long.MIN_VALUE),
                new UUID(-1, -1),
                verificationId(NOW));
        for (RowKind kind : RowKind.values()) {
            insert(kind, keys.stream().map(key -> row(key, key.toString())).toArray(Row[]::new));
            Map<UUID, byte[]> loaded = store.write(tx -> tx.load(kind, keys));
            assertThat(loaded.keySet()).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(loaded).allSatisfy((key, body) -> assertThat(body).isEqualTo(bytes(key.toString())));
        }
    }

    @Test
    void largeBatches() {
        for (RowKind kind : RowKind.values()) {
            List<UUID> keys = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                keys.add(kind == RowKind.VERIFICATION ? verificationId(NOW.plusMillis(i)) : key());
            }
            insert(kind, keys.stream().map(key -> row(key, "a" + key)).toArray(Row[]::new));
            store.write(tx -> {
                assertThat(tx.load(kind, keys)).hasSize(2_000);
                tx.update(kind, keys.stream().map(key -> row(key, "b" + key)).toList());
                return 0;
            });
            Map<UUID, byte[]> loaded = store.write(tx -> tx.load(kind, keys));
            assertThat(loaded).hasSize(2_000);
            assertThat(loaded).allSatisfy((key, body) -> assertThat(body).isEqualTo(bytes("b" + key)));
            store.write(tx -> {
                tx.delete(kind, keys);
                assertThat(tx.load(kind, keys)).isEmpty();
                return 0;
            });
        }
    }

    @Test
    void twoRowsWithOneKeyAreAMistakeOfTheCaller() {
        UUID key = key();
        assertThatThrownBy(() -> insert(RowKind.NUMBER, row(key, "a"), row(key, "b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.read(RowKind.NUMBER, key)).isEmpty();
    }

    @Test
    void updatingWhatDoesNotExistFails() {
        UUID there = key();
        insert(RowKind.NUMBER, row(there, "a"));
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.update(RowKind.NUMBER, List.of(row(there, "b"), row(key(), "b")));
                    return 0;
                }))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(StoreConflictException.class);
        assertThat(store.read(RowKind.NUMBER, there)).hasValue(bytes("a"));
    }

    // ---- transactions

    @Test
    void aTransactionSeesWhatItWrote() {
        UUID key = key();
        store.write(tx -> {
            tx.insert(RowKind.COUNTER, List.of(row(key, "1")));
            assertThat(tx.load(RowKind.COUNTER, List.of(key)).get(key)).isEqualTo(bytes("1"));
            tx.update(RowKind.COUNTER, List.of(row(key, "2")));
            assertThat(tx.load(RowKind.COUNTER, List.of(key)).get(key)).isEqualTo(bytes("2"));
            return 0;
        });
    }

    @Test
    void nobodyElseSeesItBeforeTheCommit() throws Exception {
        UUID key = key();
        insert(RowKind.NUMBER, row(key, "old"));
        Store other = openAnother();
        store.write(tx -> {
            tx.load(RowKind.NUMBER, List.of(key));
            tx.update(RowKind.NUMBER, List.of(row(key, "new")));
            assertThat(store.read(RowKind.NUMBER, key)).hasValue(bytes("old"));
            assertThat(other.read(RowKind.NUMBER, key)).hasValue(bytes("old"));
            return 0;
        });
        assertThat(store.read(RowKind.NUMBER, key)).hasValue(bytes("new"));
        assertThat(other.read(RowKind.NUMBER, key)).hasValue(bytes("new"));
    }

    @Test
    void anExceptionUndoesAll() {
        UUID old = key();
        UUID added = key();
        OutboxItem item = item(NOW);
        insert(RowKind.NUMBER, row(old, "old"));
        RuntimeException thrown = new IllegalStateException("on purpose");
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(RowKind.VERIFICATION, List.of(row(added, "x")));
                    tx.load(RowKind.NUMBER, List.of(old));
                    tx.update(RowKind.NUMBER, List.of(row(old, "new")));
                    tx.enqueue(List.of(item));
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(store.read(RowKind.VERIFICATION, added)).isEmpty();
        assertThat(store.read(RowKind.NUMBER, old)).hasValue(bytes("old"));
        assertThat(store.oldestDue(LATER)).isEmpty();
        insert(RowKind.VERIFICATION, row(added, "works again"));
    }

    @ParameterizedTest
    @EnumSource
    void insertingWhatExistsIsAConflictAndWritesNothing(RowKind kind) {
        UUID there = key();
        UUID fresh = key();
        UUID counter = key();
        insert(kind, row(there, "first"));
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(kind, List.of(row(fresh, "x"), row(there, "second")));
                    return 0;
                }))
                .isInstanceOf(StoreConflictException.class);
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.insert(RowKind.COUNTER, List.of(row(counter, "x")));
                    try {
                        tx.insert(kind, List.of(row(there, "second")));
                    } catch (StoreConflictException e) {
                        // Swallowed: the transaction is void all the same.
                    }
                    return 0;
                }))
                .isInstanceOf(StoreConflictException.class);
        assertThat(store.read(kind, there)).hasValue(bytes("first"));
        assertThat(store.read(kind, fresh)).isEmpty();
        assertThat(store.read(RowKind.COUNTER, counter)).isEmpty();
        insert(kind, row(fresh, "works again"));
    }

    @Test
    void aTransactionCannotBeUsedAfterItsEnd() {
        StoreTransaction ended = store.write(tx -> tx);
        assertThatThrownBy(() -> ended.insert(RowKind.NUMBER, List.of(row(key(), "x"))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noIncrementIsLostBetweenNodes() throws Exception {
        List<UUID> keys = List.of(key(), key(), key());
        insert(RowKind.COUNTER, keys.stream().map(key -> row(key, "0")).toArray(Row[]::new));
        List<Store> nodes = List.of(store, store, openAnother());
        int rounds = 60;
        inParallel(nodes.size(), node -> {
            List<UUID> order = new ArrayList<>(keys);
            for (int i = 0; i < rounds; i++) {
                order.add(order.removeFirst()); // every order of keys must do
                retrying(nodes.get(node), tx -> {
                    Map<UUID, byte[]> loaded = tx.load(RowKind.COUNTER, order);
                    tx.update(
                            RowKind.COUNTER,
                            order.stream()
                                    .map(key -> row(key, String.valueOf(number(loaded.get(key)) + 1)))
                                    .toList());
                    return 0;
                });
            }
            return 0;
        });
        assertThat(keys).allSatisfy(key -> assertThat(store.read(RowKind.COUNTER, key))
                .hasValue(bytes(String.valueOf(rounds * nodes.size()))));
    }

    @Test
    void ofTwoNodesThatInsertTheSameKeyOneWins() throws Exception {
        List<Store> nodes = List.of(store, openAnother());
        for (int round = 0; round < 20; round++) {
            UUID key = key();
            List<Boolean> won = inParallel(2, node -> {
                try {
                    return nodes.get(node).write(tx -> {
                        if (tx.load(RowKind.REPLAY, List.of(key)).isEmpty()) {
                            tx.insert(RowKind.REPLAY, List.of(row(key, "by " + node)));
                            return true;
                        }
                        return false;
                    });
                } catch (StoreConflictException e) {
                    return false;
                }
            });
            assertThat(won).containsExactlyInAnyOrder(true, false);
            assertThat(store.read(RowKind.REPLAY, key)).hasValue(bytes("by " + won.indexOf(true)));
        }
    }

    @Test
    void aReopenedStoreHasEverything() throws Exception {
        UUID key = key();
        for (RowKind kind : RowKind.values()) {
            insert(kind, row(key, kind.name()));
        }
        OutboxItem item = item(NOW);
        enqueue(item);
        store.close();

        Store reopened = openAnother();
        for (RowKind kind : RowKind.values()) {
            assertThat(reopened.read(kind, key)).hasValue(bytes(kind.name()));
        }
        assertThat(reopened.lease(NOW, LATER, 10)).extracting(OutboxItem::id).containsExactly(item.id());
    }

    @Test
    void aClosedStoreIsNotReachable() {
        assertThat(store.isReachable()).isTrue();
        store.close();
        assertThat(store.isReachable()).isFalse();
        assertThatThrownBy(() -> store.read(RowKind.NUMBER, key())).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> insert(RowKind.NUMBER, row(key(), "x"))).isInstanceOf(StoreException.class);
        store.close();
    }
}
