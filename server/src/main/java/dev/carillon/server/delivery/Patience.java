// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.routing.Lane;
import dev.carillon.core.routing.ReceiptTimes;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How long to wait for the receipts of each lane and country, learned from those that came to this node. Thread-safe; forgotten
 * when the process ends, which costs no more than waiting for the usual time again.
 */
final class Patience {
    private record Key(Lane lane, String country) {}

    private final ConcurrentMap<Key, ReceiptTimes> times = new ConcurrentHashMap<>();

    Duration of(Lane lane, String country) {
        return times.getOrDefault(new Key(lane, country), ReceiptTimes.NONE).patience();
    }

    /** A message arrived this long after it was sent. Lanes and countries are few, so that this cannot grow without end. */
    void learn(Lane lane, String country, Duration took) {
        times.merge(new Key(lane, country), ReceiptTimes.NONE.with(took), (before, _) -> before.with(took));
    }
}
