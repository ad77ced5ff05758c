// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.core.time.Durations;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.webhook.Letters.Share;
import dev.carillon.server.webhook.Letters.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int MAX_LEASE = 64;
    /** Receivers that are looked at in one round. */
    private static final int PAGE = 500;

    private static final long IDLE_MILLIS = 250;
    /** Time for some to be told, so that a transaction is worth it: the ledger wants the database too. */
    private static final long GATHER_MILLIS = 5;

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
    private final AtomicInteger telling = new AtomicInteger();
    private final Thread loop;
    /** What was told and is to be written. */
    private final List<Outcome> unsettled = new ArrayList<>();

    private volatile boolean closed;
    private Instant nextBurial = Instant.MIN;
    /** The last receiver that had its turn. */
    private Optional<UUID> last = Optional.empty();

    /**
     * Makes one that {@link #start} sets going, or whose {@link #turn} is called.
     *
     * @param teller tells a letter; may block
     * @param poster what that needs, closed with this
     */
    Webhooks(
            Letters letters, Function<Letter, Outcome> teller, Poster poster, InstantSource clock, Duration retention) {
        this.letters = letters;
        this.teller = teller;
        this.poster = poster;
        this.clock = clock;
        this.retention = retention;
        this.loop = Thread.ofPlatform().name("webhooks").unstarted(this::run);
    }

    /** Starts to tell what is due. */
    Webhooks start() {
        loop.start();
        return this;
    }

    /** Letters being told. */
    public int inFlight() {
        return telling.get();
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
            loop.join(); // at once when it was never started
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        poster.close();
    }

    private void run() {
        while (!closed) {
            try {
                await(turn() ? GATHER_MILLIS : IDLE_MILLIS);
            } catch (RuntimeException e) {
                LOG.warn("Webhooks wait: {}", e.toString());
                await(IDLE_MILLIS);
            }
        }
        drain();
    }

    /** Writes what was told and begins what is due; true when there may be more to do at once. */
    boolean turn() {
        Instant now = clock.instant();
        letters.settle(unsettled, now);
        unsettled.clear();
        if (!now.isBefore(nextBurial)) {
            letters.bury(now, retention);
            nextBurial = now.plus(BURIAL);
        }
        if (receivers.inFlight() >= Receivers.ROOM) {
            return false;
        }
        List<Waiting> waiting = letters.waiting(last, PAGE, now);
        List<Share> shares = receivers.shares(waiting, MAX_LEASE, now);
        List<Letter> leased = letters.lease(now, now.plus(LEASE), shares);
        for (Letter letter : leased) {
            receivers.take(letter, now);
            begin(letter);
        }
        boolean isLastPage = waiting.size() < PAGE;
        boolean isCut = shares.stream().mapToInt(Share::letters).sum() >= MAX_LEASE;
        if (isCut) {
            last = Optional.of(shares.getLast().receiver());
        } else {
            last = isLastPage ? Optional.empty() : Optional.of(waiting.getLast().receiver());
        }
        return !leased.isEmpty() || !isLastPage;
    }

    private void begin(Letter letter) {
        telling.incrementAndGet();
        workers.execute(() -> {
            Outcome outcome = new Outcome.Failed(letter, letter.next(), "an internal error");
            try {
                outcome = teller.apply(letter);
            } catch (RuntimeException e) {
                LOG.warn("The events of {} could not be told", letter.verification(), e);
            } finally {
                telling.decrementAndGet();
                outcomes.add(outcome);
            }
        });
    }

    /** Whether anything that was begun was not taken yet by {@link #await}. */
    boolean isBusy() {
        return receivers.inFlight() > 0;
    }

    /** Waits until something was told, a little longer for more, and takes what was. */
    void await(long millis) {
        try {
            Outcome first = outcomes.poll(millis, TimeUnit.MILLISECONDS);
            if (first != null) {
                Thread.sleep(GATHER_MILLIS);
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

    private void drain() {
        long until = System.nanoTime() + DRAIN.toNanos();
        while (receivers.inFlight() > 0 && System.nanoTime() < until) {
            await(IDLE_MILLIS);
        }
        try {
            letters.settle(unsettled, clock.instant());
        } catch (StoreException e) {
            LOG.warn("What was told last is told again: {}", e.toString());
        }
    }
}
