// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import dev.carillon.core.account.Countries;
import dev.carillon.core.message.Channel;
import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.SendResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A carrier that keeps messages in memory and reports receipts after a delay. */
public final class Simulator implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    /** How often a receipt is reported until it is taken. */
    private static final int REPORTS = 5;

    private static final Duration REPORT_AGAIN = Duration.ofSeconds(2);

    /** What it is called where connections are named. */
    public static final String NAME = "simulator";

    /**
     * How long receipts take.
     *
     * @param usual of most numbers
     * @param late of the number that is late
     */
    public record Delays(Duration usual, Duration late) {
        public static final Delays STANDARD = new Delays(Duration.ofMillis(300), Duration.ofSeconds(30));
    }

    private final Inbox inbox;
    private final ReceiptListener receipts;
    private final Delays delays;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulator").factory());

    public Simulator(Inbox inbox, ReceiptListener receipts, Delays delays, InstantSource clock) {
        this.inbox = inbox;
        this.receipts = receipts;
        this.delays = delays;
        this.clock = clock;
    }

    /** What it is as a connection: it can do everything, everywhere. */
    public static ConnectionSettings settings() {
        return new ConnectionSettings(
                NAME,
                NAME,
                Set.of(Channel.values()),
                Countries.ALL,
                Optional.empty(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(5),
                new Options(Map.of(), _ -> Optional.empty()));
    }

    @Override
    public SendResult send(Message message) {
        Script script = Script.of(message.to());
        return switch (script) {
            case REJECTED ->
                new SendResult.Rejected(SendResult.Reason.NUMBER, "the simulated carrier rejects this number");
            case DOWN -> new SendResult.Fault("the simulated carrier is down");
            case DELIVERED, LATE, UNDELIVERABLE, NO_RECEIPT -> {
                accept(message, script);
                yield SendResult.Accepted.plain();
            }
        };
    }

    private void accept(Message message, Script script) {
        if (script != Script.UNDELIVERABLE) {
            inbox.add(id -> new SimulatedMessage(
                    id,
                    message.to(),
                    message.channel(),
                    message.senderId(),
                    message.text(),
                    message.code().digits(),
                    clock.instant()));
        }
        if (script != Script.NO_RECEIPT) {
            Duration delay = script == Script.LATE ? delays.late() : delays.usual();
            DeliveryStatus status =
                    script == Script.UNDELIVERABLE ? DeliveryStatus.UNDELIVERABLE : DeliveryStatus.DELIVERED;
            report(message, status, delay, REPORTS);
        }
    }

    /** As a provider does: again later, when the receipt is not taken. On a thread of its own, since it waits until it is. */
    private void report(Message message, DeliveryStatus status, Duration delay, int timesLeft) {
        Runnable task = () -> {
            try {
                receipts.received(NAME, Receipt.of(new Receipt.Subject.OurRef(message.ref()), status, clock.instant()));
            } catch (RuntimeException e) {
                LOG.debug("A receipt was not taken", e);
                if (timesLeft > 1) {
                    report(message, status, REPORT_AGAIN, timesLeft - 1);
                }
            }
        };
        try {
            var _ = timer.schedule(() -> threads.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The simulator is closed: a receipt is dropped");
        }
    }

    @Override
    public void close() {
        inbox.close();
        timer.shutdownNow();
        threads.shutdown();
    }
}
