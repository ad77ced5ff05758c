// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Asks the store every second whether it answers, so that whoever asks for readiness hears at once, however long a store takes that
 * does not. A question without an answer counts as a no after {@link #PATIENCE}.
 */
final class StoreProbe implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Longer than a store takes that is only busy. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final BooleanSupplier question;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("store-probe").factory());

    private volatile boolean yes = true;
    private volatile long answeredAt;

    /** Of a store that has just answered. */
    StoreProbe(BooleanSupplier question, LongSupplier nanoTime) {
        this.question = question;
        this.nanoTime = nanoTime;
        this.answeredAt = nanoTime.getAsLong();
    }

    /** Begins to ask. */
    static StoreProbe start(BooleanSupplier question) {
        StoreProbe probe = new StoreProbe(question, System::nanoTime);
        var _ = probe.timer.scheduleWithFixedDelay(
                probe::ask, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return probe;
    }

    /** Asks once. */
    void ask() {
        yes = question.getAsBoolean();
        answeredAt = nanoTime.getAsLong();
    }

    /** Whether the last answer was yes, and came in time. */
    boolean isAnswering() {
        return yes && nanoTime.getAsLong() - answeredAt < PATIENCE.toNanos();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
