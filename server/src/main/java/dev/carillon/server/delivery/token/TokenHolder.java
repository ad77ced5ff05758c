// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.token;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenStore.Refresher;
import dev.carillon.server.delivery.TokenStore.Tokens;
import dev.carillon.server.delivery.TokenUnavailableException;
import dev.carillon.server.delivery.token.TokenRow.Kept;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.secret.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens of one connection on one node. */
final class TokenHolder {
    /** How long before its end a token is replaced: others can use it meanwhile, and a refresh that fails can be tried again. */
    static final Duration AHEAD = Duration.ofMinutes(10);
    /** A token with less than this left may end before the request that uses it arrives. */
    static final Duration MARGIN = Duration.ofSeconds(20);
    /** How long a node that died in the middle of a refresh keeps the others from trying. */
    static final Duration LEASE = Duration.ofMinutes(1);
    /** How long nobody tries after a refresh that failed. */
    static final Duration PAUSE = Duration.ofSeconds(10);
    /** A token younger than this is not replaced because the provider does not take it. */
    static final Duration YOUNG = Duration.ofMinutes(1);

    /** How long a message waits for another thread, and then for another node, that refreshes. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final int SEEDS_REMEMBERED = 16;
    private static final Logger LOG = LoggerFactory.getLogger(TokenHolder.class);

    private final String name;
    private final TokenTable table;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Known known;
    private volatile @Nullable Secret rejected;

    /** What the provider gave and the store could not take yet: worth more than anything else here. Guarded by the lock. */
    private @Nullable Unsaved unsaved;

    /** @param initial the settings' token for which this is the answer */
    private record Known(Kept kept, Secret initial) {}

    private record Unsaved(Kept kept, long version, List<UUID> seeds) {}

    TokenHolder(String name, TokenTable table, InstantSource clock) {
        this.name = name;
        this.table = table;
        this.clock = clock;
    }

    Secret accessToken(Secret initial, Refresher refresher) throws TokenUnavailableException, InterruptedException {
        Optional<Known> remembered =
                Optional.ofNullable(known).filter(it -> it.initial().equals(initial));
        Optional<Secret> fresh = remembered.filter(it -> isFresh(it.kept())).map(TokenHolder::access);
        if (fresh.isPresent()) {
            return fresh.get();
        }
        Optional<Secret> usable = remembered.filter(it -> isUsable(it.kept())).map(TokenHolder::access);
        boolean mine = usable.isPresent() ? lock.tryLock() : lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!mine) {
            return usable.orElseThrow(() -> unavailable("is still being refreshed", null));
        }
        try {
            Kept kept = settle(initial, refresher);
            known = new Known(kept, initial);
            return kept.tokens().access();
        } catch (StoreException | UnreadableException e) {
            if (usable.isPresent()) {
                LOG.warn("The access token of connection {} could not be replaced in time: {}", name, e.getMessage());
                return usable.get();
            }
            throw unavailable("could not be read or kept: " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    void rejected(Secret accessToken) {
        Known now = known;
        if (now != null
                && now.kept().tokens().access().equals(accessToken)
                && !clock.instant().isBefore(now.kept().since().plus(YOUNG))) {
            rejected = accessToken;
        }
    }

    /** The pair in the store, which is replaced first where it is time. */
    private Kept settle(Secret initial, Refresher refresher) throws TokenUnavailableException, InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        UUID seed = table.seed(initial);
        while (true) {
            save();
            TokenRow row = table.find(name);
            Optional<Kept> done = satisfying(row, seed);
            if (done.isPresent()) {
                return done.get();
            }
            Optional<Kept> usable = row.kept().filter(this::isUsable);
            if (!row.isLeased(clock.instant())) {
                Optional<Kept> refreshed = tryRefresh(seed, initial, refresher);
                if (refreshed.isPresent()) {
                    return refreshed.get();
                }
            } else if (usable.isPresent()) {
                return usable.get();
            } else if (row.holder().isEmpty()) {
                throw unavailable("could not be refreshed a moment ago", null);
            }
            if (System.nanoTime() > giveUp) {
                return usable.orElseThrow(() -> unavailable("is still being refreshed by another node", null));
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    /** Empty when another node was quicker. */
    private Optional<Kept> tryRefresh(UUID seed, Secret initial, Refresher refresher)
            throws TokenUnavailableException, InterruptedException {
        Instant now = clock.instant();
        String holder = UUID.randomUUID().toString();
        Optional<TokenRow> leased = table.lease(name, holder, now, now.plus(LEASE));
        if (leased.isEmpty()) {
            return Optional.empty();
        }
        TokenRow row = leased.get();
        // Between the look and the lease another node may have done it, and what would be traded in is spent.
        Optional<Kept> done = satisfying(row, seed);
        if (done.isPresent()) {
            table.release(name, holder, Instant.EPOCH);
            return done;
        }
        boolean answered = false;
        try {
            Tokens tokens = refresher.refresh(row.tradeIn(seed, initial));
            answered = true;
            unsaved = new Unsaved(new Kept(tokens, clock.instant()), row.version(), remember(row.seeds(), seed));
            save();
            return table.find(name).kept();
        } catch (TokenUnavailableException e) {
            LOG.warn("The access token of connection {} could not be refreshed: {}", name, e.getMessage());
            return Optional.of(row.kept().filter(this::isUsable).orElseThrow(() -> e));
        } finally {
            if (!answered) {
                table.release(name, holder, clock.instant().plus(PAUSE));
            }
        }
    }

    /** Writes what the provider gave, if that is still to do; nothing may be used before. */
    private void save() {
        Unsaved pair = unsaved;
        if (pair != null) {
            boolean written = table.replace(name, pair.version(), pair.kept(), pair.seeds());
            if (!written) {
                LOG.warn("The tokens of connection {} were replaced by another node meanwhile", name);
            }
            unsaved = null;
        }
    }

    private static List<UUID> remember(List<UUID> seeds, UUID seed) {
        List<UUID> all = Stream.concat(seeds.stream().filter(it -> !it.equals(seed)), Stream.of(seed))
                .toList();
        return all.subList(Math.max(0, all.size() - SEEDS_REMEMBERED), all.size());
    }

    /** The row's pair, if there is nothing to do. */
    private Optional<Kept> satisfying(TokenRow row, UUID seed) {
        return row.kept().filter(kept -> row.seeds().contains(seed) && isFresh(kept));
    }

    private boolean isFresh(Kept kept) {
        Duration life = Duration.between(kept.since(), kept.tokens().expiresAt());
        // A token that lives for minutes only would otherwise be replaced with every use.
        Duration ahead = life.dividedBy(2).compareTo(AHEAD) < 0 ? life.dividedBy(2) : AHEAD;
        return lasts(kept, ahead);
    }

    private boolean isUsable(Kept kept) {
        return lasts(kept, MARGIN);
    }

    private boolean lasts(Kept kept, Duration more) {
        return clock.instant().plus(more).isBefore(kept.tokens().expiresAt())
                && !kept.tokens().access().equals(rejected);
    }

    private static Secret access(Known known) {
        return known.kept().tokens().access();
    }

    private TokenUnavailableException unavailable(String what, @Nullable Throwable cause) {
        return new TokenUnavailableException("the access token of connection " + name + " " + what, cause);
    }
}
