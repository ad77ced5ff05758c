// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.server.delivery.smpp.SmppSession.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jsmpp.bean.BindType;
import org.jsmpp.extra.NegativeResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bind that is kept up: connects in the background, connects again when it is lost, and asks a silent SMSC whether it is there.
 *
 * <p>It sends nothing for a while when the SMSC says that it is too much ({@link CommandStatus#asksToSlowDown}), and nothing until the
 * SMSC has shown a sign of life when one of its answers is overdue. Thread-safe.
 */
final class Bind {
    private static final Logger LOG = LoggerFactory.getLogger(Bind.class);

    /** Most SMSCs count by the second. */
    private static final Duration FIRST_HOLD = Duration.ofSeconds(1);

    private static final Duration LONGEST_HOLD = Duration.ofSeconds(10);
    private static final Duration ALIVE_TIMEOUT = Duration.ofSeconds(5);
    /** A bind that lasted this long was a good one: the next try comes early again. */
    private static final Duration STABLE = Duration.ofSeconds(30);

    private static final int LONGEST_TROUBLE = 150;

    private final SmppOptions options;
    private final BindType type;
    private final String name;
    private final ToIntFunction<InboundMessage> receiver;
    private final LongSupplier nanoTime;
    private final Semaphore window;
    /** A permit is there when the supervisor should look at the session. */
    private final Semaphore look = new Semaphore(0);

    private final Thread supervisor;

    private final Hold hold;
    private volatile boolean overdue;
    private volatile boolean closing;
    private volatile String trouble = "connecting";
    private volatile SmppSession session;

    /**
     * Starts to connect.
     *
     * @param name for logs and threads
     * @param receiver see {@link SmppSession}
     * @param nanoTime as {@link System#nanoTime}
     */
    Bind(
            SmppOptions options,
            BindType type,
            String name,
            ToIntFunction<InboundMessage> receiver,
            LongSupplier nanoTime) {
        this.options = options;
        this.type = type;
        this.name = name;
        this.receiver = receiver;
        this.nanoTime = nanoTime;
        this.window = new Semaphore(options.window(), true);
        this.hold = new Hold(
                new Backoff(FIRST_HOLD, LONGEST_HOLD, () -> ThreadLocalRandom.current()
                        .nextDouble()),
                nanoTime);
        this.session = newSession();
        this.supervisor = Thread.ofVirtual().name("smpp-" + name).start(this::supervise);
    }

    BindType type() {
        return type;
    }

    boolean isBound() {
        return session.isBound();
    }

    /** Whether a message may be sent now. */
    boolean isReady() {
        return isBound() && !overdue && !hold.isOn();
    }

    /** For the operator: why it is not ready. */
    String trouble() {
        return !isBound() ? trouble : overdue ? "the SMSC does not answer" : "the SMSC throttles";
    }

    /** How many submits are on their way or wait to be. */
    int load() {
        return options.window() - window.availablePermits() + window.getQueueLength();
    }

    /** Waits for a place in the window; {@link #leave} gives it back. */
    boolean enter(Duration patience) throws InterruptedException {
        return window.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave() {
        window.release();
    }

    /** To be called with a place in the window. */
    Outcome submit(Submit message, Duration timeout) throws InterruptedException {
        SmppSession current = session;
        if (!current.isBound()) {
            return new Outcome.NotWritten(trouble());
        }
        long started = nanoTime.getAsLong();
        Outcome outcome = current.submit(message, timeout);
        switch (outcome) {
            case Outcome.Answered answer -> answered(current, answer.status());
            case Outcome.NoAnswer _ -> {
                // Nothing at all has come since: not late, but silent.
                if (current.heardAt() - started < 0 && !current.isEnded()) {
                    overdue = true;
                    look.release();
                }
            }
            case Outcome.NotWritten _ -> {}
        }
        return outcome;
    }

    /** Lets what is on its way come to its end, for this long, then unbinds. */
    void close(Duration patience) {
        closing = true;
        try {
            if (!window.tryAcquire(options.window(), patience.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("{} is closed with messages on their way", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        session.unbindAndClose();
        supervisor.interrupt();
    }

    private void answered(SmppSession current, int status) {
        if (status == CommandStatus.OK) {
            hold.taken();
        } else if (CommandStatus.asksToSlowDown(status)) {
            hold.refused();
        } else if (CommandStatus.asksToBindAgain(status)) {
            current.close();
        }
    }

    private void supervise() {
        Backoff waits =
                new Backoff(options.reconnectAfter(), options.reconnectAtMost(), () -> ThreadLocalRandom.current()
                        .nextDouble());
        try {
            while (!closing) {
                long started = nanoTime.getAsLong();
                try {
                    connect();
                    watch(session);
                    if (!closing) {
                        LOG.warn("{} is lost: {}", name, trouble);
                    }
                } catch (IOException e) {
                    failed(describe(e));
                }
                session.close();
                if (nanoTime.getAsLong() - started > STABLE.toNanos()) {
                    waits.reset();
                }
                Thread.sleep(waits.next());
                session = newSession();
            }
        } catch (InterruptedException e) {
            session.close();
        }
    }

    /** The same failure again is not told again. */
    private void failed(String why) {
        if (!closing && !why.equals(trouble)) {
            LOG.warn("{} cannot be had: {}", name, why);
        }
        trouble = why;
    }

    private void connect() throws IOException {
        session.bind(options, type);
        overdue = false;
        session.whenEnded(look::release);
        trouble = "closed by the SMSC";
        LOG.info("{} is bound", name);
    }

    /** Until the session ends. */
    private void watch(SmppSession current) throws InterruptedException {
        while (!current.isEnded()) {
            long silent = nanoTime.getAsLong() - current.heardAt();
            if (overdue || silent >= options.enquireLink().toNanos()) {
                if (!isAlive(current)) {
                    trouble = "the SMSC does not answer";
                    return;
                }
                overdue = false;
                look.drainPermits();
            } else {
                var _ = look.tryAcquire(options.enquireLink().toNanos() - silent, TimeUnit.NANOSECONDS);
            }
        }
    }

    /** In a thread of its own: writing blocks when the SMSC does not read. */
    private static boolean isAlive(SmppSession current) throws InterruptedException {
        CompletableFuture<Boolean> alive = new CompletableFuture<>();
        Thread.startVirtualThread(() -> alive.complete(current.isAlive(ALIVE_TIMEOUT)));
        try {
            return alive.get(2 * ALIVE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    private SmppSession newSession() {
        return new SmppSession(options.connections(), receiver, nanoTime);
    }

    /** What the SMSC answered to the bind, if it did; what the network says, otherwise. */
    private static String describe(IOException e) {
        if (e.getCause() instanceof NegativeResponseException negative) {
            return "the bind is refused: " + CommandStatus.describe(negative.getCommandStatus());
        }
        String why = e.getClass().getSimpleName() + ": " + e.getMessage();
        return why.substring(0, Math.min(why.length(), LONGEST_TROUBLE));
    }
}
