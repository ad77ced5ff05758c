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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes commands durable. One writer drains a bounded queue and takes all that has gathered as one batch: one statement for each
 * table, one commit, and only then the answers. The more is waiting, the larger the batch, so that the cost of a commit is
 * shared by many.
 *
 * <p>Too much is refused before it costs anything. An account has {@linkplain FairQueue its own lane}; what may wait in it is about what one batch
 * takes, so that a command that is let in is answered after two or three, and what begins is refused before what ends ({@link
 * Precedence}). What has waited for longer than {@link #PATIENCE} all the same is refused, and not done, for whoever asked has gone.
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
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** The longest that a command of an account's may wait for its turn. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_REPLAYS = 10;

    /** So many are refused with each batch: at a tenth of what a full one costs. */
    static final int REFUSALS = 128;

    /** The longest that one waits to be refused. */
    private static final Duration TURN = Duration.ofSeconds(1);

    private final Store store;
    private final InstantSource clock;
    private final Consumer<Outgoing> outbox;
    private final LedgerMetrics metrics;
    private final LongSupplier nanoTime;
    private final FairQueue<Pending<?>> queue = new FairQueue<>(QUEUE);
    private final Semaphore refusals = new Semaphore(REFUSALS, true);
    /** Nodes that write to different parts of an account's books do not wait for each other. */
    private final int stripe = ThreadLocalRandom.current().nextInt(Stripe.COUNT);

    /** When the batch of the moment was begun, by {@link System#nanoTime}; 0 between two. */
    private volatile long begun;

    private volatile boolean closed;
    private volatile boolean stopped;
    private final Thread writer;

    private static final class Pending<R> {
        final Command<R> command;
        /** When it came. */
        final long since;

        final CompletableFuture<R> reply = new CompletableFuture<>();
        /** Tells the sender; set by the decision, run after the commit. */
        Runnable answer = () -> {};

        Pending(Command<R> command, long since) {
            this.command = command;
            this.since = since;
        }

        /** The server's own commands are never late: nobody would ask again. */
        boolean isLate(long now) {
            return now - since > PATIENCE.toNanos() && Precedence.of(command) != Precedence.OWN;
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
        this(store, clock, System::nanoTime, outbox, metrics);
    }

    Ledger(Store store, InstantSource clock, LongSupplier nanoTime, Consumer<Outgoing> outbox, LedgerMetrics metrics) {
        this.store = store;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.outbox = outbox;
        this.metrics = metrics;
        this.writer = Thread.ofPlatform().name("ledger").start(this::write);
    }

    /**
     * Runs a command and waits until it is durable. An interrupt does not end the wait, for the command is carried out nevertheless
     * and whoever asked is to learn of it; the writer always answers, so the wait ends. The thread stays marked as interrupted.
     *
     * @throws OverloadedException when too much is waiting, or it has waited for too long; nothing was done
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
        long now = nanoTime.getAsLong();
        Pending<R> pending = new Pending<>(command, now);
        if (closed || !queue.offer(Precedence.account(command), Precedence.of(command), pending, now)) {
            throw refused();
        }
        if (stopped) {
            failWaiting();
        }
        return pending.reply;
    }

    /** Whether {@link #admit} may refuse anybody at the moment. */
    public boolean isBusy() {
        return closed || queue.size() >= Precedence.LEAST_REFUSED;
    }

    /**
     * Whether an account may begin something now: to be asked before a request is read, since to refuse must cost little. A promise is
     * only what {@link #submit} takes. Refusals take turns, so many with each batch, or they would leave the processor to nobody else.
     *
     * @throws OverloadedException when too much is waiting; nothing was done
     */
    public void admit(UUID account) {
        if (isAdmitted(account)) {
            return;
        }
        takeTurn();
        if (!isAdmitted(account)) {
            throw refused();
        }
    }

    private boolean isAdmitted(UUID account) {
        return !closed && queue.admits(account, Precedence.BEGIN);
    }

    private void takeTurn() {
        try {
            boolean _ = refusals.tryAcquire(TURN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OverloadedException refused() {
        metrics.refused();
        return new OverloadedException();
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

    /** Waits until the outbox has been told of everything that was answered before this was called: answers go out first. */
    public void settle() {
        long batch = begun;
        while (batch != 0 && begun == batch) {
            LockSupport.parkNanos(SETTLE_NANOS);
        }
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
        while (!closed || queue.size() > 0) {
            try {
                List<Pending<?>> batch = inTime(queue.take(MAX_BATCH, POLL_NANOS));
                if (!batch.isEmpty()) {
                    begun = System.nanoTime();
                    run(batch);
                }
            } catch (InterruptedException e) {
                LOG.warn("The ledger was interrupted; it goes on", e);
            } finally {
                begun = 0;
                // Before the next are taken, so that the room that this makes is for those who come now: who has waited
                // may not be
                // there any more.
                refusals.release(REFUSALS - Math.min(REFUSALS, refusals.availablePermits()));
            }
        }
        stopped = true;
        failWaiting();
    }

    /** Those whose callers may still be there; the others are refused. */
    private List<Pending<?>> inTime(List<Pending<?>> batch) {
        long now = nanoTime.getAsLong();
        if (batch.stream().noneMatch(pending -> pending.isLate(now))) {
            return batch;
        }
        List<Pending<?>> inTime = new ArrayList<>(batch.size());
        for (Pending<?> pending : batch) {
            if (pending.isLate(now)) {
                pending.reply.completeExceptionally(refused());
            } else {
                inTime.add(pending);
            }
        }
        return inTime;
    }

    /** For the commands that came in between the last batch and the end. */
    private void failWaiting() {
        try {
            for (List<Pending<?>> left = queue.take(QUEUE, 0); !left.isEmpty(); left = queue.take(QUEUE, 0)) {
                left.forEach(pending -> pending.reply.completeExceptionally(new OverloadedException()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
