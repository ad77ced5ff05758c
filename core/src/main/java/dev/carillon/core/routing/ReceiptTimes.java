// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the receipts of one route have taken of late, and so how long to wait for one before something else is tried. Immutable.
 *
 * @param recent the newest, oldest first
 */
public record ReceiptTimes(List<Duration> recent) {
    /** So many are remembered. */
    static final int MEMORY = 64;
    /** With fewer than this nothing is learned yet. */
    static final int ENOUGH = 10;

    static final Duration UNLEARNED = Duration.ofSeconds(25);
    static final Duration LEAST = Duration.ofSeconds(10);
    static final Duration MOST = Duration.ofSeconds(60);
    private static final double SHARE = 0.95;

    /** Nothing is known. */
    public static final ReceiptTimes NONE = new ReceiptTimes(List.of());

    public ReceiptTimes {
        recent = List.copyOf(recent);
    }

    /** With one more message that arrived. */
    public ReceiptTimes with(Duration took) {
        List<Duration> more = new ArrayList<>(recent.subList(Math.max(0, recent.size() - MEMORY + 1), recent.size()));
        more.add(took.isNegative() ? Duration.ZERO : took);
        return new ReceiptTimes(more);
    }

    /**
     * How long to wait for a receipt: twice the time in which 19 of 20 came, so that a message which is merely slow is not sent
     * again; from {@link #LEAST} to {@link #MOST}.
     */
    public Duration patience() {
        if (recent.size() < ENOUGH) {
            return UNLEARNED;
        }
        List<Duration> sorted = recent.stream().sorted().toList();
        Duration usual = sorted.get((int) Math.ceil(SHARE * sorted.size()) - 1).multipliedBy(2);
        if (usual.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return usual.compareTo(MOST) > 0 ? MOST : usual;
    }
}
