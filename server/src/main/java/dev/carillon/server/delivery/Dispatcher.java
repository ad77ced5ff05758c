// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.verification.Reported;
import dev.carillon.core.verification.Verification;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.Outgoing;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.verify.Fallbacks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the outbox holds. A message that this node has just committed is sent at once; one whose node died is taken over when
 * its lease runs out. Memory is bounded: what does not fit stays in the outbox until its lease runs out.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int MAX_WAITING = 10_000;
    /** By one connection, so that those whom a slow provider holds up are its own. */
    private static final int MAX_SENDING = 512;

    private static final int LEASED_AT_ONCE = 200;
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    /** A message that waits longer for its turn may be about a window that has been closed since. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Store store;
    private final VerificationReader verifications;
    private final Function<UUID, Optional<AccountView>> accounts;
    private final Sender sender;
    private final Fallbacks fallbacks;
    private final InstantSource clock;
    private final DeliveryMetrics metrics;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** By the connection that a message is meant for first. */
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    private final AtomicInteger waiting = new AtomicInteger();
    /** Until when the messages that wait or are being sent belong to this node. */
    private final Map<UUID, Instant> leases = new ConcurrentHashMap<>();

    public Dispatcher(
            Store store,
            Function<UUID, Optional<AccountView>> accounts,
            Sender sender,
            Fallbacks fallbacks,
            InstantSource clock,
            DeliveryMetrics metrics) {
        this.store = store;
        this.verifications = new VerificationReader(store);
        this.accounts = accounts;
        this.sender = sender;
        this.fallbacks = fallbacks;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Sends a message that was just committed; never blocks. */
    public void accept(Outgoing outgoing) {
        OutboxItem item = outgoing.item();
        Instant since = clock.instant();
        start(item, () -> run(item, Optional.of(outgoing.verification()), since));
    }

    /**
     * Acts on news of a message: learns how long receipts take, and tries another way when the message is lost. Never blocks; if this
     * node does not come to it, somebody looks at the message when its time is over.
     */
    void heard(Reported reported) {
        Optional<Verification> verification = reported.verification();
        if (verification.isPresent() && wasLost(verification.get(), reported.attempt())) {
            verification.get().attempt(reported.attempt()).ifPresent(attempt -> {
                boolean _ = start(attempt.id(), () -> fallBack(attempt.id(), attempt.number(), verification.get()));
            });
        }
        verification.ifPresent(found -> sender.learn(found, reported.attempt()));
    }

    /**
     * Takes over messages whose lease ran out, and looks at those whose receipts are overdue. To be called every second or so, since it
     * also keeps from other nodes what this one has not finished.
     *
     * @return how many
     */
    public int recover() {
        Instant now = clock.instant();
        renewLeases(now);
        int room = Math.min(LEASED_AT_ONCE, MAX_WAITING - waiting.get());
        if (room <= 0) {
            return 0;
        }
        List<OutboxItem> due = store.lease(now, now.plus(Ledger.LEASE), room);
        due.forEach(item -> start(item, () -> run(item, verifications.find(item.verification()), now)));
        long messages =
                due.stream().filter(item -> item.kind() == OutboxItem.Kind.SEND).count();
        if (messages > 0) {
            LOG.info("{} messages are taken over; those whose node died while it sent them may arrive twice", messages);
        }
        return due.size();
    }

    /** Messages that wait for their turn or for their provider's answer. */
    public int inFlight() {
        return waiting.get();
    }

    /** Waits for the messages that are being sent, for {@code patience} at most; what is left another node takes over. */
    public boolean drain(Duration patience) {
        threads.shutdown();
        try {
            return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Interrupts what is being sent, and leaves it a moment to say so. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean _ = drain(LAST_WORDS);
    }

    /** Something that takes its time. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private void start(OutboxItem item, Work work) {
        if (item.kind() != OutboxItem.Kind.SEND) {
            boolean _ = start(item.id(), work);
        } else if (leases.put(item.id(), item.dueAt()) == null) { // else this node is still at it
            Work leased = () -> {
                try {
                    work.run();
                } finally {
                    leases.remove(item.id());
                }
            };
            if (!start(item.id(), leased)) {
                leases.remove(item.id());
            }
        }
    }

    /** A message may wait here, and for two providers, for longer than a lease. What is left of one is enough for a server to stop. */
    private void renewLeases(Instant now) {
        Instant soon = now.plus(Ledger.LEASE.dividedBy(2));
        List<UUID> ending = leases.entrySet().stream()
                .filter(lease -> !lease.getValue().isAfter(soon))
                .map(Map.Entry::getKey)
                .toList();
        if (!ending.isEmpty()) {
            Instant end = now.plus(Ledger.LEASE);
            store.renew(ending, end);
            ending.forEach(id -> leases.replace(id, end));
        }
    }

    /** @return false when there is no room for it, or the server is stopping */
    private boolean start(UUID attempt, Work work) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return false;
        }
        Runnable task = () -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (StoreException | OverloadedException e) {
                LOG.warn("Attempt {} stays in the outbox: {}", attempt, e.getMessage());
            } catch (RuntimeException e) {
                // Without its words, which may quote the message.
                LOG.error(
                        "Attempt {} stays in the outbox: {} at {}",
                        attempt,
                        e.getClass().getName(),
                        Arrays.toString(e.getStackTrace()));
            } finally {
                waiting.decrementAndGet();
            }
        };
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            // It stays in the outbox: the node that takes over sends it.
            waiting.decrementAndGet();
            return false;
        }
    }

    private void run(OutboxItem item, Optional<Verification> read, Instant since) throws InterruptedException {
        Semaphore place = places.computeIfAbsent(connection(item, read), _ -> new Semaphore(MAX_SENDING, true));
        place.acquire();
        try {
            run(item, current(item, read, since));
        } finally {
            place.release();
        }
    }

    private void run(OutboxItem item, Optional<Verification> verification) throws InterruptedException {
        switch (item.kind()) {
            case SEND -> {
                Reported reported = sender.send(item, verification);
                reported.verification()
                        .filter(found -> wasLost(found, reported.attempt()))
                        .ifPresent(found -> fallBack(item.id(), item.attempt(), found));
            }
            case FALLBACK ->
                verification.ifPresentOrElse(
                        found -> fallBack(item.id(), item.attempt(), found), () -> complete(item.id()));
        }
    }

    /** The one that is asked first; none for what is not to be sent. */
    private static String connection(OutboxItem item, Optional<Verification> verification) {
        return verification
                .filter(_ -> item.kind() == OutboxItem.Kind.SEND)
                .flatMap(found -> found.attempt(item.attempt()))
                .map(attempt -> attempt.route().hops().getFirst().connection())
                .orElse("");
    }

    private Optional<Verification> current(OutboxItem item, Optional<Verification> read, Instant since) {
        boolean waited = Duration.between(since, clock.instant()).compareTo(FRESH) > 0;
        return waited ? verifications.find(item.verification()) : read;
    }

    private void fallBack(UUID id, int attempt, Verification verification) {
        Optional<AccountView> account = accounts.apply(verification.account());
        if (account.isEmpty()) {
            complete(id);
        } else if (fallbacks.run(account.get(), verification.id(), attempt, id)) {
            metrics.fellBack();
            LOG.info("Attempt {} did not arrive, or nothing was heard of it: another way is tried", id);
        }
    }

    /** Whether it is known that a message did not arrive, and there is another way to try at once. */
    private boolean wasLost(Verification verification, int attempt) {
        Instant now = clock.instant();
        return verification.isLost(attempt)
                && verification.isOpen(now)
                && accounts.apply(verification.account())
                        .filter(account -> fallbacks.isWorthWhile(account, verification, now))
                        .isPresent();
    }

    private void complete(UUID id) {
        boolean _ = store.write(tx -> {
            tx.complete(List.of(id));
            return true;
        });
    }
}
