// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.http;

import dev.carillon.server.delivery.ConnectionSettings;
import java.time.Duration;

/**
 * The time of one message that takes several calls to send, one after the other. All of them together may take no longer than the
 * connection's timeout, since the message belongs to its node for a limited time. So each call gets an equal share, and none
 * begins in the last share. Belongs to one message.
 */
public final class Budget {
    private final long lastStart;

    private Budget(long lastStart) {
        this.lastStart = lastStart;
    }

    /** The settings for the calls: with a timeout that is one share. */
    public static ConnectionSettings share(ConnectionSettings settings, int calls) {
        return settings.withTimeout(settings.timeout().dividedBy(calls));
    }

    /**
     * Begins with a message.
     *
     * @param timeout of all calls together
     * @param calls how many there may be
     */
    public static Budget start(Duration timeout, int calls) {
        return new Budget(
                System.nanoTime() + timeout.minus(timeout.dividedBy(calls)).toNanos());
    }

    /** Whether it is too late to begin a call. */
    public boolean isSpent() {
        return System.nanoTime() - lastStart > 0;
    }
}
