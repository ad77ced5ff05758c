// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.core.time.Durations;
import dev.carillon.server.ledger.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases letters, has them told, and writes what came of it. One thread speaks to the database, so that what was told meanwhile is
 * written in one transaction; each letter has a virtual thread of its own. What waits stays in the database, so that memory does not
 * grow with it.
 */
public final class Webhooks implements AutoCloseable {
    /**
     * How long this node keeps a letter before another may take it over: longer than all its requests can take. The system property
     * is for tests, which do not like to wait.
     */
    static final Duration LEASE = Durations.parse(System.getProperty("carillon.webhook.lease", "60s"));

    static final int ROOM = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int MAX_LEASE = 32;
    private static final long IDLE_MILLIS = 250;
    private static final Duration BURIAL = Duration.ofHours(1);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Letters letters;
    private final Function<Letter, Outcome> teller;
    private final Poster poster;
    private final InstantSource clock;
    private final Duration retention;
    private final Receivers receivers = new Receivers();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread loop;
    private volatile boolean closed;
    private Instant nextBurial = Instant.MIN;

    private Webhooks(
            Letters letters, Function<Letter, Outcome> teller, Poster poster, InstantSource clock, Duration retention) {
        this.letters = letters;
        this.teller = teller;
        this.poster = poster;
        this.clock = clock;
        this.retention = retention;
        this.loop = Thread.ofPlatform().name("webhooks").unstarted(this::run);
    }

    /**
     * Starts to tell what is due.
     *
     * @param teller tells a letter; may block
     * @param poster what that needs, closed with this
     */
    static Webhooks start(
            Letters letters, Function<Letter, Outcome> teller, Poster poster, InstantSource clock, Duration retention) {
        Webhooks webhooks = new Webhooks(letters, teller, poster, clock, retention);
        webhooks.loop.start();
        return webhooks;
    }

    /** How long the letter that has waited longest has been due. */
    public Optional<Duration> oldestDue() {
        return letters.oldestDue(clock.instant());
    }

    /** Begins nothing more and waits a little for what was begun; what is not told then is told by another node, or later. */
    @Override
    public void close() {
        closed = true;
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        poster.close();
    }

    private void run() {
        List<Outcome> unsettled = new ArrayList<>();
        while (!closed) {
            try {
                await(unsettled, step(unsettled) ? 0 : IDLE_MILLIS);
            } catch (RuntimeException e) {
                LOG.warn("Webhooks wait: {}", e.toString());
                await(unsettled, IDLE_MILLIS);
            }
        }
        drain(unsettled);
    }

    /** True when there may be more to do at once. */
    private boolean step(List<Outcome> unsettled) {
        Instant now = clock.instant();
        letters.settle(unsettled, now);
        unsettled.clear();
        if (!now.isBefore(nextBurial)) {
            letters.bury(now, retention);
            nextBurial = now.plus(BURIAL);
        }
        int room = Math.min(MAX_LEASE, ROOM - receivers.inFlight());
        if (room == 0 || !letters.isAnyDue(now)) {
            return false;
        }
        List<Letter> leased = letters.lease(now, now.plus(LEASE), room, Receivers.PER_LEASE, receivers.busy(now));
        for (Letter letter : leased) {
            receivers
                    .take(letter, now)
                    .ifPresentOrElse(until -> unsettled.add(new Outcome.Deferred(letter, until)), () -> begin(letter));
        }
        return !leased.isEmpty();
    }

    private void begin(Letter letter) {
        workers.execute(() -> {
            Outcome outcome;
            try {
                outcome = teller.apply(letter);
            } catch (RuntimeException e) {
                LOG.warn("The events of {} could not be told", letter.verification(), e);
                outcome = new Outcome.Failed(letter, letter.next(), "an internal error");
            }
            outcomes.add(outcome);
        });
    }

    /** Waits until something was told, and takes what was. */
    private void await(List<Outcome> unsettled, long millis) {
        try {
            Outcome first = outcomes.poll(millis, TimeUnit.MILLISECONDS);
            if (first != null) {
                List<Outcome> arrived = new ArrayList<>(List.of(first));
                outcomes.drainTo(arrived);
                Instant now = clock.instant();
                arrived.forEach(outcome -> receivers.done(outcome, now));
                unsettled.addAll(arrived);
            }
        } catch (InterruptedException e) {
            LOG.warn("The sending of webhooks was interrupted; it goes on", e);
        }
    }

    private void drain(List<Outcome> unsettled) {
        long until = System.nanoTime() + DRAIN.toNanos();
        while (receivers.inFlight() > 0 && System.nanoTime() < until) {
            await(unsettled, IDLE_MILLIS);
        }
        try {
            letters.settle(unsettled, clock.instant());
        } catch (StoreException e) {
            LOG.warn("What was told last is told again: {}", e.toString());
        }
    }
}
