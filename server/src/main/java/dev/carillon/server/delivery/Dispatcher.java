// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.verification.CodeVault;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.core.verification.ReportDelivery;
import dev.carillon.core.verification.Verification;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.OutboxItem;
import dev.carillon.server.ledger.Outgoing;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.VerificationReader;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.verify.MessageText;
import dev.carillon.server.verify.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the outbox holds. A message that this node has just committed is sent at once; one whose node died is taken over when
 * its lease runs out. Memory is bounded: what does not fit stays in the outbox until its lease runs out.
 */
public final class Dispatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int MAX_WAITING = 10_000;
    private static final int MAX_SENDING = 512;
    private static final int LEASED_AT_ONCE = 200;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Ledger ledger;
    private final Store store;
    private final VerificationReader verifications;
    private final Function<UUID, Optional<AccountView>> accounts;
    private final Keyring keyring;
    private final CodeVault vault;
    private final Connection connection;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore sending = new Semaphore(MAX_SENDING, true);
    private final AtomicInteger waiting = new AtomicInteger();

    public Dispatcher(
            Ledger ledger,
            Store store,
            Function<UUID, Optional<AccountView>> accounts,
            Keyring keyring,
            CodeVault vault,
            Connection connection,
            InstantSource clock) {
        this.ledger = ledger;
        this.store = store;
        this.verifications = new VerificationReader(store);
        this.accounts = accounts;
        this.keyring = keyring;
        this.vault = vault;
        this.connection = connection;
        this.clock = clock;
    }

    /** Sends a message that was just committed; never blocks. */
    public void accept(Outgoing outgoing) {
        start(outgoing.item(), () -> Optional.of(outgoing.verification()));
    }

    /**
     * Takes over messages whose lease ran out.
     *
     * @return how many
     */
    public int recover() {
        Instant now = clock.instant();
        int room = Math.min(LEASED_AT_ONCE, MAX_WAITING - waiting.get());
        if (room <= 0) {
            return 0;
        }
        List<OutboxItem> due = store.lease(now, now.plus(Ledger.LEASE), room);
        due.forEach(item -> start(item, () -> verifications.find(item.verification())));
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

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void start(OutboxItem item, Supplier<Optional<Verification>> verification) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        Runnable task = () -> {
            try {
                sending.acquire();
                try {
                    send(item, verification.get());
                } finally {
                    sending.release();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (StoreException | OverloadedException e) {
                LOG.warn("Attempt {} stays in the outbox: {}", item.id(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("Attempt {} stays in the outbox", item.id(), e);
            } finally {
                waiting.decrementAndGet();
            }
        };
        try {
            threads.execute(task);
        } catch (RejectedExecutionException closed) {
            // It stays in the outbox: the node that takes over sends it.
            waiting.decrementAndGet();
        }
    }

    private void send(OutboxItem item, Optional<Verification> verification) throws InterruptedException {
        Optional<Message> message =
                verification.filter(found -> found.isOpen(clock.instant())).flatMap(found -> message(item, found));
        DeliveryStatus status = message.isPresent() ? send(message.get()) : DeliveryStatus.NOT_SENT;
        report(new ReportDelivery(
                item.verification(), item.attempt(), Optional.of(item.id()), status, clock.instant()));
    }

    private DeliveryStatus send(Message message) throws InterruptedException {
        return switch (connection.send(message)) {
            case SendResult.Accepted _ -> DeliveryStatus.SUBMITTED;
            case SendResult.Rejected rejected -> notSent(message, rejected.detail());
            case SendResult.Fault fault -> notSent(message, fault.detail());
            case SendResult.Unknown unknown -> {
                LOG.info("Attempt {} may have been sent: {}", message.attemptId(), unknown.detail());
                yield DeliveryStatus.UNKNOWN;
            }
        };
    }

    private static DeliveryStatus notSent(Message message, String why) {
        LOG.info("Attempt {} was not sent: {}", message.attemptId(), why);
        return DeliveryStatus.NOT_SENT;
    }

    /** What was sent must not be sent again, so that this is worth waiting for: as long as the item is leased to this node. */
    private void report(ReportDelivery report) throws InterruptedException {
        long patience = System.nanoTime() + Ledger.LEASE.toNanos();
        while (true) {
            try {
                boolean _ = ledger.execute(report);
                return;
            } catch (OverloadedException e) {
                if (System.nanoTime() > patience) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private Optional<Message> message(OutboxItem item, Verification verification) {
        Optional<AttemptQueued> attempt = verification.attempts().stream()
                .filter(queued -> queued.id().equals(item.id()))
                .findFirst();
        return attempt.flatMap(queued -> queued.content()
                .flatMap(content -> vault.open(content, queued.id()))
                .flatMap(code -> accounts.apply(verification.account()).map(account -> {
                    Subject subject = Subject.open(verification.subject(), keyring, verification.id());
                    MessageText text = MessageText.of(account, subject);
                    return new Message(
                            new AttemptRef(verification.id(), queued.number()),
                            queued.id(),
                            subject.number(),
                            text.region(),
                            queued.channel(),
                            queued.senderId(),
                            text.with(code),
                            code,
                            text.locale(),
                            text.templateIds(),
                            verification.expiresAt());
                })));
    }
}
