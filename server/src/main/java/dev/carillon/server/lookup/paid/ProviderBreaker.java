// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.routing.Breaker;
import dev.carillon.core.routing.Health;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a provider has been doing on this node, so that one that fails is not waited for. Thread-safe. */
final class ProviderBreaker {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderBreaker.class);

    private final String provider;
    private Breaker breaker = Breaker.CLOSED;

    ProviderBreaker(String provider) {
        this.provider = provider;
    }

    /** Whether it may be asked; of those that want to when it is due for a probe, one is told so. */
    synchronized boolean admits(Instant now) {
        if (breaker.isDueForProbe(now)) {
            breaker = breaker.probing(now);
            return true;
        }
        return breaker.health(now) != Health.OPEN;
    }

    /** Learns what became of a question. */
    synchronized void record(boolean good, Instant now) {
        Breaker before = breaker;
        breaker = before.after(good, now);
        if (before.openUntil().isEmpty() && breaker.openUntil().isPresent()) {
            LOG.warn("Lookup provider {} keeps failing: it is left alone for a while", provider);
        }
        if (before.openUntil().isPresent() && breaker.openUntil().isEmpty()) {
            LOG.info("Lookup provider {} works again", provider);
        }
    }
}
