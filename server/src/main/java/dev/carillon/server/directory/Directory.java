// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.server.ledger.Database;
import dev.carillon.server.secret.Keyring;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use this server and how, in memory. Every request asks, so the answer comes from a snapshot of everything; a look at
 * one number of the store, at most every {@link #INTERVAL}, tells whether a newer one must be loaded.
 *
 * <p>What is answered was true {@link #VISIBLE_AFTER} ago or later, while the database answers in time. That holds for an unknown
 * key too, so unknown keys cause no queries: an operator's command waits that long instead ({@link DirectoryAdmin#awaitVisible}).
 * While the database is down or slow, the last snapshot serves, and no caller waits longer than {@link #PATIENCE}.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Directory {
    static final Duration INTERVAL = Duration.ofMillis(100);
    static final Duration VISIBLE_AFTER = INTERVAL.multipliedBy(2);
    static final Duration PATIENCE = Duration.ofMillis(250);
    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    private final Database database;
    private final ListCodec codec;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Check> running = new AtomicReference<>();
    private volatile State state;
    private volatile @Nullable Instant failedAt;

    /** @param asOf a time at which nothing newer was committed */
    private record State(Snapshot snapshot, Instant asOf) {}

    /** A look at the store that is under way. */
    private record Check(CountDownLatch done, long startedNanos) {
        private void await() {
            try {
                long waited = System.nanoTime() - startedNanos;
                boolean finished = done.await(PATIENCE.toNanos() - waited, TimeUnit.NANOSECONDS);
                if (!finished) {
                    LOG.debug("the store is slow to tell the directory's version; the last snapshot serves");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** @throws dev.carillon.server.ledger.StoreException when the database fails, since there is no snapshot to serve yet */
    public Directory(Database database, Keyring keyring, InstantSource clock) {
        this.database = database;
        this.codec = new ListCodec(keyring);
        this.clock = clock;
        Instant now = clock.instant();
        this.state = new State(Snapshot.load(database, codec), now);
    }

    /**
     * The account of an API key; empty for one that is malformed, unknown or revoked. A suspended account is found: how it is
     * refused is the caller's matter.
     */
    public Optional<AccountView> authenticate(String apiKey) {
        ApiKey key = new ApiKey(apiKey);
        if (!key.isPlausible()) {
            return Optional.empty();
        }
        // A hash table is not constant in time, and need not be: what its timing could tell is a part of a hash that
        // the
        // caller already knows, and a hash that starts alike brings nobody nearer to a key of 256 random bits.
        Snapshot snapshot = current();
        UUID account = snapshot.keys().get(key.hash());
        return account == null
                ? Optional.empty()
                : Optional.ofNullable(snapshot.accounts().get(account));
    }

    /** An account by its id. */
    public Optional<AccountView> account(UUID id) {
        return Optional.ofNullable(current().accounts().get(id));
    }

    /** An environment by its id, with the account that it belongs to. */
    public Optional<EnvironmentView> environment(UUID id) {
        return Optional.ofNullable(current().environments().get(id));
    }

    private Snapshot current() {
        State known = state;
        Instant now = clock.instant();
        if (isWithin(INTERVAL, known.asOf(), now)) {
            return known.snapshot();
        }
        Instant failed = failedAt;
        if (failed != null && isWithin(INTERVAL, failed, now)) {
            return known.snapshot();
        }
        Check check = startOrJoin(known, failed);
        // Under steady load the check runs beside the requests; only the first after a pause waits for it. An outage is
        // no
        // pause: while checks keep failing, nobody waits for the next to fail.
        boolean justFailed = failed != null && isWithin(VISIBLE_AFTER, failed, now);
        if (!justFailed && !isWithin(VISIBLE_AFTER, known.asOf(), now)) {
            check.await();
        }
        return state.snapshot();
    }

    /** A time that lies ahead is not within: the clock was set back, and says nothing of the age. */
    private static boolean isWithin(Duration age, Instant then, Instant now) {
        return !now.isBefore(then) && now.isBefore(then.plus(age));
    }

    /** @param known the state that was found too old, and {@code failed} the failure that was found with it */
    private Check startOrJoin(State known, @Nullable Instant failed) {
        Check mine = new Check(new CountDownLatch(1), System.nanoTime());
        Check theirs = running.compareAndExchange(null, mine);
        if (theirs != null) {
            return theirs;
        }
        if (!state.asOf().equals(known.asOf()) || !Objects.equals(failedAt, failed)) {
            // A check ended between the look at the state and here; one is enough.
            running.set(null);
            mine.done().countDown();
            return mine;
        }
        Thread.ofVirtual().name("directory-check").start(() -> {
            try {
                check();
            } finally {
                running.set(null);
                mine.done().countDown();
            }
        });
        return mine;
    }

    private void check() {
        Instant now = clock.instant();
        try {
            Snapshot snapshot = state.snapshot();
            if (database.read(Snapshot::version) != snapshot.version()) {
                snapshot = Snapshot.load(database, codec);
            }
            state = new State(snapshot, now);
            if (failedAt != null) {
                LOG.info("the directory is read again");
                failedAt = null;
            }
        } catch (RuntimeException e) {
            if (failedAt == null) {
                LOG.warn("the directory cannot be read; the last snapshot serves", e);
            }
            failedAt = now;
        }
    }
}
