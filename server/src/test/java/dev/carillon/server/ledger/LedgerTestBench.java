// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.verification.CheckReply;
import dev.carillon.core.verification.CheckResult;
import dev.carillon.core.verification.Command;
import dev.carillon.core.verification.CreateReply;
import dev.carillon.core.verification.Verification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A ledger on a store in memory, with what it tells. */
final class LedgerTestBench implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    final LedgerTestStore store = new LedgerTestStore();
    final LedgerTestCommands commands = new LedgerTestCommands();
    final Metrics metrics = new Metrics();
    final List<Outgoing> told = new CopyOnWriteArrayList<>();
    /** The ledger's, in nanoseconds; moved by hand. */
    final AtomicLong nanoTime = new AtomicLong();

    final Ledger ledger;

    /** Counts. */
    static final class Metrics implements LedgerMetrics {
        final List<Integer> batches = new CopyOnWriteArrayList<>();
        final AtomicInteger replayed = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();

        @Override
        public void committed(int size, Duration took) {
            batches.add(size);
        }

        @Override
        public void replayed() {
            replayed.incrementAndGet();
        }

        @Override
        public void failed() {
            failed.incrementAndGet();
        }

        @Override
        public void refused() {
            refused.incrementAndGet();
        }
    }

    LedgerTestBench() {
        this(_ -> {});
    }

    LedgerTestBench(Consumer<Outgoing> outbox) {
        ledger = new Ledger(
                store,
                () -> NOW,
                nanoTime::get,
                outgoing -> {
                    told.add(outgoing);
                    outbox.accept(outgoing);
                },
                metrics);
    }

    /** Opens a window. */
    UUID open(int number) {
        return answered(ledger.execute(commands.create(number))).verification();
    }

    /** Has the writer wait at a commit, so that what is submitted until the release becomes one batch. */
    LedgerTestStore.Hold busy() {
        LedgerTestStore.Hold hold = store.hold();
        var _ = ledger.submit(commands.create(1_000_000));
        hold.awaitCommit();
        return hold;
    }

    <R> List<CompletableFuture<R>> submitAll(List<? extends Command<R>> all) {
        return all.stream().map(ledger::submit).toList();
    }

    Verification verification(UUID id) {
        return new VerificationReader(store).find(id).orElseThrow();
    }

    static CreateReply.Answered answered(CreateReply reply) {
        return (CreateReply.Answered) reply;
    }

    static CheckResult result(CheckReply reply) {
        return ((CheckReply.Answered) reply).result();
    }

    static <R> R get(CompletableFuture<R> reply) {
        try {
            return reply.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        store.hold().release();
        ledger.close();
    }
}
