// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.webhook;

import dev.carillon.core.routing.Breaker;
import dev.carillon.server.webhook.Letters.Share;
import dev.carillon.server.webhook.Letters.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is being called by this node, and how that goes: no receiver and no account may take all the room, and one that is dead is asked
 * only now and then. The fuller the room is, the less of it a receiver may have. Each node learns for itself. Used by one thread.
 */
final class Receivers {
    /** Letters being told at a time, and so of requests. */
    static final int ROOM = 512;

    static final int PER_RECEIVER = 8;
    static final int PER_ACCOUNT = ROOM / 2;

    private static final int MAX_KNOWN = 10_000;

    private final Map<UUID, State> states = new HashMap<>();
    private final Map<UUID, Integer> accounts = new HashMap<>();
    private int inFlight;

    private static final class State {
        int inFlight;
        Breaker breaker = Breaker.CLOSED;
        /** Which letter shows whether a dead receiver lives again. */
        @Nullable
        Letter probe;
    }

    int inFlight() {
        return inFlight;
    }

    /**
     * Of whom letters may be begun, and how many.
     *
     * @param limit of them all
     */
    List<Share> shares(List<Waiting> waiting, int limit, Instant now) {
        int left = Math.min(limit, ROOM - inFlight);
        Map<UUID, Integer> planned = new HashMap<>();
        List<Share> shares = new ArrayList<>();
        for (Waiting one : waiting) {
            if (one.account().isEmpty() || left <= 0) {
                continue;
            }
            UUID account = one.account().get();
            int ofAccount = PER_ACCOUNT - accounts.getOrDefault(account, 0) - planned.getOrDefault(account, 0);
            int letters = Math.min(Math.min(left, ofAccount), allowance(one.receiver(), now));
            if (letters > 0) {
                shares.add(new Share(one.receiver(), letters));
                planned.merge(account, letters, Integer::sum);
                left -= letters;
            }
        }
        return shares;
    }

    private int allowance(UUID receiver, Instant now) {
        State state = states.get(receiver);
        if (state == null) {
            return most();
        }
        if (state.breaker.openUntil().isPresent()) {
            return state.breaker.isDueForProbe(now) ? 1 : 0;
        }
        return most() - state.inFlight;
    }

    /** Of one receiver: receivers that are slow fill the room only when there are hundreds of them. */
    private int most() {
        if (inFlight < ROOM / 2) {
            return PER_RECEIVER;
        }
        return inFlight < ROOM * 3 / 4 ? 2 : 1;
    }

    /** Takes a letter in hand. */
    void take(Letter letter, Instant now) {
        State state = states.computeIfAbsent(letter.receiver(), _ -> new State());
        if (state.breaker.openUntil().isPresent()) {
            state.breaker = state.breaker.probing(now);
            state.probe = letter;
        }
        state.inFlight++;
        inFlight++;
        accounts.merge(letter.account(), 1, Integer::sum);
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
            case Outcome.Failed _ -> failed(state, letter, now);
            case Outcome.Moot _ -> {}
        }
        boolean forgettable = state.breaker.equals(Breaker.CLOSED) || states.size() > MAX_KNOWN;
        if (state.inFlight == 0 && forgettable) {
            states.remove(letter.receiver());
        }
    }

    /** Those that were under way when it opened tell nothing new. */
    private static void failed(State state, Letter letter, Instant now) {
        if (state.breaker.openUntil().isEmpty() || letter.equals(state.probe)) {
            state.breaker = state.breaker.after(false, now);
        }
    }
}
