// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.simulator;

import dev.carillon.core.verification.DeliveryStatus;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.Message;
import dev.carillon.server.delivery.Receipt;
import dev.carillon.server.delivery.ReceiptListener;
import dev.carillon.server.delivery.SendResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A carrier that keeps messages in memory and reports receipts after a delay. */
public final class Simulator implements Connection {
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
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulator").factory());

    public Simulator(Inbox inbox, ReceiptListener receipts, Delays delays, InstantSource clock) {
        this.inbox = inbox;
        this.receipts = receipts;
        this.delays = delays;
        this.clock = clock;
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
            inbox.add(new SimulatedMessage(
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
            var _ = timer.schedule(() -> report(message, status), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void report(Message message, DeliveryStatus status) {
        receipts.received(NAME, Receipt.of(new Receipt.Subject.OurRef(message.ref()), status, clock.instant()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
