// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Runs a plan: one thread, one selector, all callers. */
final class LoadRun {
    private static final long TICK = Duration.ofMillis(100).toNanos();
    /** A selector sleeps in whole milliseconds; waits below this are slept in short steps, so that arrivals are on time. */
    private static final long SHORT_WAIT = Duration.ofMillis(2).toNanos();

    private static final long SHORT_STEP = 100_000;

    private final LoadPlan plan;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(64 * 1024);

    LoadRun(LoadPlan plan) {
        this.plan = plan;
    }

    /** Runs to the end, answers that were still awaited included. */
    Report run() throws IOException {
        long warm = plan.warmup().toNanos();
        long end = warm + plan.duration().toNanos();
        Arrivals arrivals =
                plan.isOpenLoop() ? new Arrivals.OpenLoop(plan.pairsPerSecond(), end) : new Arrivals.ClosedLoop(end);
        Measurements measurements = new Measurements(warm, end);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpuBefore = threads.getCurrentThreadCpuTime();
        long origin = System.nanoTime();
        LongSupplier clock = () -> System.nanoTime() - origin;
        try (Selector selector = Selector.open()) {
            Mailbox mailbox = new Mailbox(selector, plan.admin(), measurements::error);
            List<Caller> callers = callers(selector, mailbox, measurements, clock);
            loop(selector, mailbox, callers, arrivals, clock, end);
            long notStarted = arrivals.waiting(end);
            if (notStarted > 0) {
                measurements.errors("never started, no connection was free", notStarted);
            }
            callers.forEach(Caller::close);
            mailbox.close();
        }
        double clientCpu = (threads.getCurrentThreadCpuTime() - cpuBefore) / (double) clock.getAsLong();
        return Report.of(plan, measurements, clientCpu);
    }

    private List<Caller> callers(Selector selector, Mailbox mailbox, Measurements measurements, LongSupplier clock) {
        PhoneNumbers numbers = new PhoneNumbers(RandomGenerator.getDefault());
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < plan.connections(); i++) {
            callers.add(new Caller(plan, selector, mailbox, numbers, measurements, clock));
        }
        return callers;
    }

    private void loop(
            Selector selector, Mailbox mailbox, List<Caller> callers, Arrivals arrivals, LongSupplier clock, long end)
            throws IOException {
        long giveUp = end + plan.timeout().toNanos();
        long nextTick = 0;
        while (true) {
            long now = clock.getAsLong();
            long wake = now + TICK;
            if (now >= nextTick) {
                mailbox.tick();
                nextTick = wake;
            }
            int idle = 0;
            for (Caller caller : callers) {
                caller.tick(now);
                if (now < giveUp && caller.isIdle() && arrivals.isDue(now)) {
                    caller.begin(now, arrivals.take(now));
                }
                wake = Math.min(wake, caller.resumeAt());
                idle += caller.isIdle() ? 1 : 0;
            }
            if (idle > 0 && now < giveUp) {
                wake = Math.min(wake, arrivals.nextAt());
            }
            if (now >= end && idle == callers.size()) {
                return;
            }
            await(selector, wake - clock.getAsLong());
        }
    }

    private void await(Selector selector, long wait) throws IOException {
        if (wait >= SHORT_WAIT) {
            selector.select(this::ready, Duration.ofNanos(wait).toMillis());
        } else {
            if (wait > 0) {
                LockSupport.parkNanos(Math.min(wait, SHORT_STEP));
            }
            selector.selectNow(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Connection connection) {
            connection.ready(key, readBuffer);
        }
    }
}
