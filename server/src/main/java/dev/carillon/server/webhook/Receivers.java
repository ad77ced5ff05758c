// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.core.routing.Breaker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who is being called by this node, and how that goes: no receiver and no account may take all the room, and one that is dead is asked
 * only now and then. Each node learns for itself. Used by one thread.
 */
final class Receivers {
    /** Requests at a time to one receiver; a lease brings at most half of it, to one that is busy with less than half. */
    static final int PER_RECEIVER = 8;

    static final int PER_LEASE = PER_RECEIVER / 2;
    static final int PER_ACCOUNT = 64;

    /** Names of receivers in a statement; what does not fit is sent back when it comes. */
    private static final int MAX_NAMED = 200;

    private static final int MAX_KNOWN = 10_000;
    private static final Duration BUSY_PAUSE = Duration.ofSeconds(1);

    private final Map<UUID, State> states = new HashMap<>();
    private final Map<UUID, Integer> accounts = new HashMap<>();
    private int inFlight;

    private static final class State {
        int inFlight;
        Breaker breaker = Breaker.CLOSED;
    }

    int inFlight() {
        return inFlight;
    }

    /** Who should not be leased for. */
    Letters.Busy busy(Instant now) {
        Collection<UUID> receivers = states.entrySet().stream()
                .filter(entry -> entry.getValue().inFlight >= PER_LEASE || isOpen(entry.getValue(), now))
                .map(Map.Entry::getKey)
                .limit(MAX_NAMED)
                .toList();
        List<UUID> busyAccounts = accounts.entrySet().stream()
                .filter(entry -> entry.getValue() >= PER_ACCOUNT)
                .map(Map.Entry::getKey)
                .toList();
        return new Letters.Busy(receivers, busyAccounts);
    }

    /**
     * Takes a letter in hand.
     *
     * @return empty when it was taken; otherwise when it may be its turn
     */
    Optional<Instant> take(Letter letter, Instant now) {
        State state = states.computeIfAbsent(letter.receiver(), _ -> new State());
        if (state.breaker.openUntil().isPresent()) {
            if (isOpen(state, now)) {
                return state.breaker.openUntil();
            }
            state.breaker = state.breaker.probing(now);
        } else if (state.inFlight >= PER_RECEIVER) {
            return Optional.of(now.plus(BUSY_PAUSE));
        }
        state.inFlight++;
        inFlight++;
        accounts.merge(letter.account(), 1, Integer::sum);
        return Optional.empty();
    }

    private static boolean isOpen(State state, Instant now) {
        return state.breaker.openUntil().isPresent() && !state.breaker.isDueForProbe(now);
    }

    /** Lets go of a letter that was taken. */
    void done(Outcome outcome, Instant now) {
        Letter letter = outcome.letter();
        inFlight--;
        int left = accounts.getOrDefault(letter.account(), 0) - 1;
        if (left > 0) {
            accounts.put(letter.account(), left);
        } else {
            accounts.remove(letter.account());
        }
        State state = states.get(letter.receiver());
        if (state == null) {
            return;
        }
        state.inFlight--;
        switch (outcome) {
            case Outcome.Told _ -> state.breaker = state.breaker.after(true, now);
            case Outcome.Failed _ -> state.breaker = state.breaker.after(false, now);
            case Outcome.Deferred _, Outcome.Moot _ -> {}
        }
        boolean forgettable = state.breaker.equals(Breaker.CLOSED) || states.size() > MAX_KNOWN;
        if (state.inFlight == 0 && forgettable) {
            states.remove(letter.receiver());
        }
    }
}
