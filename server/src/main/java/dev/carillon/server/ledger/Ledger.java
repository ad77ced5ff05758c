// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.SpendAlert;
import dev.carillon.core.balance.Stripe;
import dev.carillon.core.time.Durations;
import dev.carillon.core.verification.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes commands durable. One writer drains a bounded queue and takes all that has gathered as one batch: one statement for each
 * table, one commit, and only then the answers. The more is waiting, the larger the batch, so that the cost of a commit is
 * shared by many.
 *
 * <p>Thread-safe. Callers block, which on virtual threads costs nothing.
 */
public final class Ledger implements AutoCloseable {
    /**
     * How long this node keeps what it has queued before another may take it over. The dispatcher renews it while a message is being
     * sent. The system property is for tests, which do not like to wait.
     */
    public static final Duration LEASE = Durations.parse(System.getProperty("carillon.outbox.lease", "30s"));

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    private static final int QUEUE = 4096;
    private static final int MAX_BATCH = 512;
    private static final int MAX_REPLAYS = 10;

    private final Store store;
    private final InstantSource clock;
    private final Consumer<Outgoing> outbox;
    private final LedgerMetrics metrics;
    private final BlockingQueue<Pending<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    /** Nodes that write to different parts of an account's books do not wait for each other. */
    private final int stripe = ThreadLocalRandom.current().nextInt(Stripe.COUNT);

    /** When the batch of the moment was begun, by {@link System#nanoTime}; 0 between two. */
    private volatile long begun;

    private volatile boolean closed;
    private volatile boolean stopped;
    private final Thread writer;

    private static final class Pending<R> {
        final Command<R> command;
        final CompletableFuture<R> reply = new CompletableFuture<>();
        /** Tells the sender; set by the decision, run after the commit. */
        Runnable answer = () -> {};

        Pending(Command<R> command) {
            this.command = command;
        }

        void decide(Batch batch) {
            try {
                R decided = batch.decide(command);
                answer = () -> reply.complete(decided);
            } catch (StoreException e) {
                throw e;
            } catch (RuntimeException e) {
                answer = () -> reply.completeExceptionally(e);
            }
        }
    }

    /**
     * Starts the writer.
     *
     * @param outbox is told of each message once it is durable; must not block
     */
    public Ledger(Store store, InstantSource clock, Consumer<Outgoing> outbox, LedgerMetrics metrics) {
        this.store = store;
        this.clock = clock;
        this.outbox = outbox;
        this.metrics = metrics;
        this.writer = Thread.ofPlatform().name("ledger").start(this::write);
    }

    /**
     * Runs a command and waits until it is durable. An interrupt does not end the wait, for the command is carried out nevertheless
     * and whoever asked is to learn of it; the writer always answers, so the wait ends. The thread stays marked as interrupted.
     *
     * @throws OverloadedException when the queue is full; nothing was done
     * @throws CommitUnknownException when the store failed and it may have been done or not
     * @throws StoreException when the store failed; nothing was done
     */
    public <R> R execute(Command<R> command) {
        CompletableFuture<R> reply = submit(command);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return reply.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    // A failure of the writer's, told on the thread of the one who asked.
                    throw e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new StoreException("the ledger failed", e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Like {@link #execute}, without waiting for the reply. */
    public <R> CompletableFuture<R> submit(Command<R> command) {
        Pending<R> pending = new Pending<>(command);
        if (closed || !queue.offer(pending)) {
            metrics.refused();
            throw new OverloadedException();
        }
        if (stopped) {
            failWaiting();
        }
        return pending.reply;
    }

    /** How many commands are waiting. */
    public int depth() {
        return queue.size();
    }

    /** The most that can wait. */
    public int capacity() {
        return QUEUE;
    }

    /** Whether commands are being worked on. */
    public boolean isRunning() {
        return writer.isAlive() && !closed;
    }

    /** How long the writer has been at what it does; zero when it waits for commands. */
    public Duration busy() {
        long since = begun;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** Takes no more commands, finishes those that wait, and stops. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<Pending<?>> batch = new ArrayList<>(MAX_BATCH);
        while (!closed || !queue.isEmpty()) {
            try {
                Pending<?> first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MAX_BATCH - 1);
                    begun = System.nanoTime();
                    run(batch);
                }
            } catch (InterruptedException e) {
                LOG.warn("The ledger was interrupted; it goes on", e);
            } finally {
                begun = 0;
                batch.clear();
            }
        }
        stopped = true;
        failWaiting();
    }

    /** For the commands that came in between the last batch and the end. */
    private void failWaiting() {
        for (Pending<?> pending = queue.poll(); pending != null; pending = queue.poll()) {
            pending.reply.completeExceptionally(new OverloadedException());
        }
    }

    private void run(List<Pending<?>> batch) {
        long start = System.nanoTime();
        Committed done;
        try {
            done = commit(batch, MAX_REPLAYS);
        } catch (RuntimeException | Error e) {
            metrics.failed();
            if (batch.size() > 1 && isWithoutEffect(e) && store.isReachable()) {
                // One of them may be the cause: each alone, so that it fails no other.
                batch.forEach(pending -> run(List.of(pending)));
                return;
            }
            LOG.error("{} commands failed", batch.size(), e);
            batch.forEach(pending -> pending.reply.completeExceptionally(
                    e instanceof StoreException ? e : new StoreException("the ledger failed", e)));
            return;
        }
        // From here on it is done, and must not be done again, whatever goes wrong in telling of it.
        count(batch.size(), start);
        batch.forEach(pending -> pending.answer.run());
        done.queued().forEach(this::tellOutbox);
        done.alerts().forEach(this::tellOperator);
    }

    /** Whether it is certain that nothing was done, and whether there is somebody to do it now. */
    private static boolean isWithoutEffect(Throwable failure) {
        return !(failure instanceof CommitUnknownException) && !(failure instanceof StoreUnavailableException);
    }

    private void count(int commands, long start) {
        try {
            metrics.committed(commands, Duration.ofNanos(System.nanoTime() - start));
        } catch (RuntimeException e) {
            LOG.warn("A batch was not counted", e);
        }
    }

    private void tellOutbox(Outgoing outgoing) {
        try {
            outbox.accept(outgoing);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Attempt {} waits in the outbox until its lease runs out",
                    outgoing.item().id(),
                    e);
        }
    }

    private void tellOperator(SpendAlert alert) {
        LOG.warn(
                "Account {} has reached {} % of what it may spend on {}{}",
                alert.account(),
                alert.percent(),
                alert.day(),
                alert.scope().equals(Stripe.ALL) ? "" : " in " + alert.scope());
        metrics.alerted(alert);
    }

    private record Committed(List<Outgoing> queued, List<SpendAlert> alerts) {}

    private Committed commit(List<Pending<?>> batch, int replays) {
        try {
            return store.write(tx -> {
                Instant now = Times.stored(clock.instant());
                Batch state = new Batch(tx, now, now.plus(LEASE), stripe);
                state.load(batch.stream().map(pending -> pending.command).toList(), replays < MAX_REPLAYS);
                batch.forEach(pending -> pending.decide(state));
                state.flush();
                return new Committed(state.outgoing(), state.alerts());
            });
        } catch (StoreConflictException e) {
            if (replays == 0) {
                throw e;
            }
            metrics.replayed();
            return commit(batch, replays - 1);
        }
    }
}
