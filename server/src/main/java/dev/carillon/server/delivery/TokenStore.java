// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import java.time.Instant;

/**
 * Keeps credentials that a provider changes with every use: short-lived access tokens, and refresh tokens that are good for one
 * refresh. All nodes share them, and one node at a time refreshes. Thread-safe.
 *
 * <p>What a provider answers to a refresh is durable before it is used. One hole is left, and no client can close it: when a node
 * dies between the provider's answer and the commit, or the answer is lost on its way, the old refresh token is spent and the new
 * one unknown. Then the operator authorises the application again and puts the new token into the settings.
 */
public interface TokenStore {

    /**
     * An access token that should work now. Usually answers from memory; refreshes in time before the token ends, and waits for
     * another node that does so only when no token is left that works.
     *
     * @param connection the connection's name
     * @param initial the refresh token in the settings. It is used once: when the store has not seen it before, which is at the
     *     very first, and after the operator has replaced it.
     * @param refresher asks the provider
     * @throws TokenUnavailableException when there is no token that works and none can be had now
     */
    Secret accessToken(String connection, Secret initial, Refresher refresher)
            throws TokenUnavailableException, InterruptedException;

    /**
     * Says that the provider did not take a token, although its time is not up; the next call gets another. Does nothing for one
     * that was made within the last minute: what is wrong then is not its age, and each refresh would only spend another.
     */
    void rejected(String connection, Secret accessToken);

    /** Asks the provider for the next pair. */
    @FunctionalInterface
    interface Refresher {
        /**
         * Trades a refresh token in. Must have a time limit of well under a minute.
         *
         * @throws TokenUnavailableException when the provider refuses, or does not answer
         */
        Tokens refresh(Secret refreshToken) throws TokenUnavailableException, InterruptedException;
    }

    /**
     * What the provider gives.
     *
     * @param access for requests
     * @param refresh for the next pair; good once
     * @param expiresAt when {@code access} ends
     */
    record Tokens(Secret access, Secret refresh, Instant expiresAt) {}
}
