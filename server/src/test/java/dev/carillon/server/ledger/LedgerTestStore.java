// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** A store in memory that keeps the contract, and can be told to fail, to report conflicts and to hold a commit back. */
public final class LedgerTestStore implements Store {
    private static final long PATIENCE_SECONDS = 20;

    private final Map<RowKind, Map<UUID, byte[]>> rows = new EnumMap<>(RowKind.class);
    private final Map<UUID, OutboxItem> outbox = new LinkedHashMap<>();
    private final List<BalanceEntry> entries = new ArrayList<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicInteger transactions = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger conflicts = new AtomicInteger();
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private volatile boolean reachable = true;
    private volatile Optional<Hold> hold = Optional.empty();
    private final List<RowKind> loads = new CopyOnWriteArrayList<>();

    /** Holds commits back. */
    public static final class Hold {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        /** Waits until a transaction has done its work and wants to commit. */
        public void awaitCommit() {
            await(reached);
        }

        public void release() {
            released.countDown();
        }

        private void block() {
            reached.countDown();
            await(released);
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("nothing happened");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    public LedgerTestStore() {
        for (RowKind kind : RowKind.values()) {
            rows.put(kind, new HashMap<>());
        }
    }

    /** From now on commits wait until the hold is released. */
    public Hold hold() {
        Hold fresh = new Hold();
        hold = Optional.of(fresh);
        return fresh;
    }

    /** The next {@code times} commits fail; not one that is held back already. */
    public void failNext(int times) {
        failures.set(times);
    }

    /** The next commit is made, and its answer is lost; not one that is held back already. */
    public void loseNextAnswer() {
        lostAnswers.set(1);
    }

    /** The next {@code times} commits are void; not one that is held back already. */
    public void conflictNext(int times) {
        conflicts.set(times);
    }

    /** While it is not reachable, everything fails. */
    public void setReachable(boolean now) {
        reachable = now;
    }

    /** How many transactions were begun. */
    public int transactions() {
        return transactions.get();
    }

    /** The kinds of rows that were loaded in the last transaction, one for each statement. */
    public List<RowKind> loads() {
        return List.copyOf(loads);
    }

    public synchronized int count(RowKind kind) {
        return of(kind).size();
    }

    /** Writes a row beside all transactions. */
    public synchronized void put(RowKind kind, UUID key, byte[] body) {
        of(kind).put(key, body.clone());
    }

    public synchronized List<OutboxItem> outbox() {
        return List.copyOf(outbox.values());
    }

    @Override
    public <T> T write(Work<T> work) {
        writing.lock();
        try {
            transactions.incrementAndGet();
            loads.clear();
            if (!reachable) {
                throw new StoreException("not reachable", null);
            }
            Transaction transaction = new Transaction();
            T result = work.run(transaction);
            boolean conflict = conflicts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            boolean failure = !conflict && failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            boolean lost = lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            hold.ifPresent(Hold::block);
            if (conflict) {
                throw new StoreConflictException("told to", null);
            }
            if (failure) {
                throw new StoreException("told to fail", null);
            }
            synchronized (this) {
                transaction.changes.forEach(Runnable::run);
            }
            if (lost) {
                throw new CommitUnknownException("told to lose the answer", null);
            }
            return result;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public synchronized Optional<byte[]> read(RowKind kind, UUID key) {
        if (!reachable) {
            throw new StoreException("not reachable", null);
        }
        return Optional.ofNullable(of(kind).get(key)).map(byte[]::clone);
    }

    @Override
    public synchronized List<OutboxItem> lease(Instant now, Instant leaseUntil, int limit) {
        List<OutboxItem> leased = outbox.values().stream()
                .filter(item -> !item.dueAt().isAfter(now))
                .sorted(Comparator.comparing(OutboxItem::dueAt))
                .limit(limit)
                .map(item -> item.dueAt(leaseUntil))
                .toList();
        leased.forEach(item -> outbox.put(item.id(), item));
        return leased;
    }

    @Override
    public synchronized void renew(Collection<UUID> ids, Instant leaseUntil) {
        ids.forEach(id -> outbox.computeIfPresent(
                id, (_, item) -> item.kind() == OutboxItem.Kind.SEND ? item.dueAt(leaseUntil) : item));
    }

    @Override
    public synchronized Optional<Duration> oldestDue(Instant now) {
        return outbox.values().stream()
                .map(OutboxItem::dueAt)
                .filter(due -> !due.isAfter(now))
                .min(Comparator.naturalOrder())
                .map(due -> Duration.between(due, now));
    }

    @Override
    public synchronized BookRows books() {
        Map<UUID, Amounts> sums = new HashMap<>();
        entries.forEach(
                entry -> sums.merge(entry.posting().account(), entry.posting().change(), Amounts::plus));
        return new BookRows(sums, Map.copyOf(of(RowKind.BALANCE)));
    }

    @Override
    public synchronized List<BalanceEntry> entries(UUID account, int limit) {
        return entries.reversed().stream()
                .filter(entry -> entry.posting().account().equals(account))
                .limit(limit)
                .toList();
    }

    @Override
    public boolean maintain(Instant now, Duration retention) {
        return false;
    }

    @Override
    public boolean isReachable() {
        return reachable;
    }

    @Override
    public void close() {}

    private Map<UUID, byte[]> of(RowKind kind) {
        return Optional.ofNullable(rows.get(kind)).orElseThrow();
    }

    /** Collects changes; they are made at the commit. */
    private final class Transaction implements StoreTransaction {
        private final List<Runnable> changes = new ArrayList<>();
        private final Set<List<Object>> loaded = new HashSet<>();

        @Override
        public Map<RowKind, Map<UUID, byte[]>> load(Map<RowKind, ? extends Collection<UUID>> keys, boolean wait) {
            Map<RowKind, Map<UUID, byte[]>> all = new EnumMap<>(RowKind.class);
            keys.forEach((kind, some) -> all.put(kind, loadKind(kind, some)));
            return all;
        }

        private Map<UUID, byte[]> loadKind(RowKind kind, Collection<UUID> keys) {
            loads.add(kind);
            Map<UUID, byte[]> found = new HashMap<>();
            for (UUID key : keys) {
                loaded.add(List.of(kind, key));
                Optional.ofNullable(of(kind).get(key)).ifPresent(body -> found.put(key, body.clone()));
            }
            return found;
        }

        @Override
        public void insert(RowKind kind, Collection<Row> inserted) {
            for (Row row : inserted) {
                if (of(kind).containsKey(row.key())) {
                    throw new StoreConflictException("there is such a row", null);
                }
                changes.add(() -> of(kind).put(row.key(), row.body()));
            }
        }

        @Override
        public void update(RowKind kind, Collection<Row> updated) {
            for (Row row : updated) {
                if (!loaded.contains(List.of(kind, row.key())) || !of(kind).containsKey(row.key())) {
                    throw new IllegalStateException("an update of what was not loaded");
                }
                changes.add(() -> of(kind).put(row.key(), row.body()));
            }
        }

        @Override
        public void delete(RowKind kind, Collection<UUID> keys) {
            changes.add(() -> keys.forEach(of(kind)::remove));
        }

        @Override
        public void enqueue(Collection<OutboxItem> items) {
            changes.add(() -> items.forEach(item -> outbox.put(item.id(), item)));
        }

        @Override
        public void complete(Collection<UUID> ids) {
            changes.add(() -> ids.forEach(outbox::remove));
        }

        @Override
        public void post(Collection<BalanceEntry> posted) {
            changes.add(() -> entries.addAll(posted));
        }

        @Override
        public void announce(Collection<Announcement> announcements) {
            throw new UnsupportedOperationException("nobody listens here");
        }
    }
}
