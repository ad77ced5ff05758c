// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.guard.Allowance;
import dev.carillon.core.guard.Counter;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RowsTest {
    private static final UUID KEY = new UUID(1, 1);
    private static final UUID OTHER = new UUID(1, 2);
    private static final Allowance ONE = new Allowance(Instant.ofEpochSecond(1));
    private static final Allowance TWO = new Allowance(Instant.ofEpochSecond(2));

    private final LedgerTestStore store = new LedgerTestStore();

    @Test
    void whatWasPutIsSeenAtOnceAndWrittenOnce() {
        inTransaction(rows -> {
            rows.load(List.of(KEY));
            assertThat(rows.get(KEY)).isEmpty();
            rows.put(KEY, ONE);
            assertThat(rows.get(KEY)).contains(ONE);
            rows.put(KEY, TWO);
            assertThat(rows.get(KEY)).contains(TWO);
        });
        inTransaction(rows -> assertThat(rows.get(KEY)).contains(TWO));
    }

    @Test
    void aStoredRowIsReplaced() {
        inTransaction(rows -> rows.put(KEY, ONE));
        inTransaction(rows -> {
            rows.load(List.of(KEY));
            rows.put(KEY, TWO);
        });
        inTransaction(rows -> assertThat(rows.get(KEY)).contains(TWO));
    }

    @Test
    void aRemovedRowIsGone() {
        inTransaction(rows -> rows.put(KEY, ONE));
        inTransaction(rows -> {
            rows.load(List.of(KEY));
            rows.remove(KEY);
            assertThat(rows.get(KEY)).isEmpty();
        });
        assertThat(store.count(RowKind.COUNTER)).isZero();
    }

    @Test
    void aRemovedRowCanComeBack() {
        inTransaction(rows -> rows.put(KEY, ONE));
        inTransaction(rows -> {
            rows.load(List.of(KEY));
            rows.remove(KEY);
            rows.put(KEY, TWO);
        });
        inTransaction(rows -> assertThat(rows.get(KEY)).contains(TWO));
    }

    @Test
    void loadsAllWithOneStatementAndNothingTwice() {
        inTransaction(rows -> {
            rows.load(List.of(KEY, OTHER, KEY));
            rows.load(List.of(OTHER, KEY));
            rows.load(List.of());
            rows.get(KEY);
        });
        assertThat(store.loads()).containsExactly(RowKind.COUNTER);
    }

    @Test
    void aRowThatWasNeverLookedAtIsNew() {
        inTransaction(rows -> rows.put(KEY, ONE));
        assertThat(store.loads()).isEmpty();
        assertThat(store.count(RowKind.COUNTER)).isEqualTo(1);
    }

    @Test
    void whatIsLearnedOfLateIsLoadedThen() {
        inTransaction(rows -> rows.put(KEY, ONE));
        inTransaction(rows -> {
            rows.load(List.of(OTHER));
            assertThat(rows.get(KEY)).contains(ONE);
        });
    }

    private void inTransaction(Consumer<Rows<Counter>> work) {
        boolean done = store.write(tx -> {
            Rows<Counter> rows = new Rows<>(RowFormat.COUNTER, tx);
            work.accept(rows);
            rows.flush();
            return true;
        });
        assertThat(done).isTrue();
    }
}
