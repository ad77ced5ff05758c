// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.routing.Breaker;
import dev.carillon.core.routing.Health;
import dev.carillon.core.routing.Lane;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the lanes of this node have been doing. Thread-safe; a lane that does well costs one look into an empty map. */
final class Breakers {
    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

    /** Replaced, never changed: whoever has it may keep it. */
    private volatile Map<Lane, Breaker> troubled = Map.of();

    /** Those of the lanes that are not simply closed. */
    Map<Lane, Breaker> troubled() {
        return troubled;
    }

    /** Whether a message may be handed to a lane; of those that ask while it is due for a probe, one is told so. */
    boolean admits(Lane lane, Instant now) {
        Breaker breaker = troubled.getOrDefault(lane, Breaker.CLOSED);
        if (breaker.isDueForProbe(now)) {
            return startProbe(lane, now);
        }
        return breaker.health(now) != Health.OPEN;
    }

    /** Learns what became of a message. */
    void record(Lane lane, boolean good, Instant now) {
        Breaker before = troubled.getOrDefault(lane, Breaker.CLOSED);
        if (!before.after(good, now).equals(before)) {
            replace(lane, good, now);
        }
    }

    private synchronized boolean startProbe(Lane lane, Instant now) {
        Breaker breaker = troubled.getOrDefault(lane, Breaker.CLOSED);
        if (!breaker.isDueForProbe(now)) {
            return breaker.health(now) != Health.OPEN;
        }
        put(lane, breaker.probing(now));
        return true;
    }

    private synchronized void replace(Lane lane, boolean good, Instant now) {
        Breaker before = troubled.getOrDefault(lane, Breaker.CLOSED);
        Breaker after = before.after(good, now);
        put(lane, after);
        if (before.openUntil().isEmpty() && after.openUntil().isPresent()) {
            LOG.warn("{} keeps failing: messages take another way where there is one", lane);
        }
        if (before.openUntil().isPresent() && after.openUntil().isEmpty()) {
            LOG.info("{} works again", lane);
        }
    }

    private void put(Lane lane, Breaker breaker) {
        Map<Lane, Breaker> changed = new HashMap<>(troubled);
        if (breaker.equals(Breaker.CLOSED)) {
            changed.remove(lane);
        } else {
            changed.put(lane, breaker);
        }
        troubled = Map.copyOf(changed);
    }
}
