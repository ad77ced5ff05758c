// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.token;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenStore.Refresher;
import dev.carillon.server.delivery.TokenStore.Tokens;
import dev.carillon.server.delivery.TokenUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A provider whose refresh tokens are good once, and which remembers who tried otherwise. */
final class SingleUseProvider implements Refresher {
    static final Duration LIFE = Duration.ofHours(25);

    private final InstantSource clock;
    private final Set<String> good = new HashSet<>();
    private final List<String> tradedIn = new ArrayList<>();
    private int refused;
    private boolean down;

    SingleUseProvider(InstantSource clock) {
        this.clock = clock;
    }

    /** Gives the operator a token for the settings. */
    synchronized Secret authorise(String token) {
        good.add(token);
        return new Secret(token);
    }

    synchronized void down(boolean now) {
        down = now;
    }

    @Override
    public synchronized Tokens refresh(Secret refreshToken) throws TokenUnavailableException {
        if (down) {
            throw new TokenUnavailableException("the provider is down", null);
        }
        if (!good.remove(refreshToken.value())) {
            refused++;
            throw new TokenUnavailableException("the refresh token is spent", null);
        }
        tradedIn.add(refreshToken.value());
        int number = tradedIn.size();
        good.add("refresh-" + number);
        return new Tokens(
                new Secret("access-" + number),
                new Secret("refresh-" + number),
                clock.instant().plus(LIFE));
    }

    /** The tokens that were taken, in order. */
    synchronized List<String> tradedIn() {
        return List.copyOf(tradedIn);
    }

    /** How often a spent or unknown token came. */
    synchronized int refused() {
        return refused;
    }
}
