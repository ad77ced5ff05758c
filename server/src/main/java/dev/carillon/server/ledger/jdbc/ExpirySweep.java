// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.RowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds expired rows by walking each table in key order, a page at a time, round and round. The hot tables so need no
 * index on the time of expiry, which would cost every write more than the walk costs in all.
 *
 * <p>The pace follows the need: a page in which at least a tenth of the rows was dead asks for the next one at once.
 * Garbage stays around a tenth of a table that way, and a table without garbage is left in peace. Not thread-safe.
 */
final class ExpirySweep {

    static final int PAGE = 500;

    private static final Duration PARTITION_MARGIN = Duration.ofDays(2);

    /** A key and the millisecond of its expiry. */
    record Expiry(UUID key, long at) {}

    /** What an engine must be able to do. */
    interface Table {
        /** The first {@code limit} rows above {@code after}, in key order; takes no lock. */
        List<Expiry> page(RowKind kind, UUID after, int limit);

        /** Deletes those of the rows that are expired still. */
        void deleteExpired(RowKind kind, List<UUID> keys, long now);
    }

    private final Table table;
    private final Map<RowKind, UUID> cursors = new EnumMap<>(RowKind.class);

    ExpirySweep(Table table) {
        this.table = table;
    }

    /** Looks at one page of each kind. True when one of them was worth it. */
    boolean step(Instant now, Duration retention) {
        boolean worth = false;
        for (RowKind kind : RowKind.values()) {
            if (kind != RowKind.VERIFICATION && kind != RowKind.BALANCE) {
                worth |= step(kind, kind == RowKind.NUMBER ? beforeRetention(now, retention) : now.toEpochMilli());
            }
        }
        return worth;
    }

    /** A number leads to its verifications, so that it must outlive them: the last partition of days goes late. */
    private static long beforeRetention(Instant now, Duration retention) {
        return now.minus(retention).minus(PARTITION_MARGIN).toEpochMilli();
    }

    private boolean step(RowKind kind, long now) {
        List<Expiry> page = table.page(kind, cursors.getOrDefault(kind, Keys.LOWEST), PAGE);
        List<UUID> dead =
                page.stream().filter(row -> row.at() <= now).map(Expiry::key).toList();
        if (!dead.isEmpty()) {
            table.deleteExpired(kind, dead, now);
        }
        boolean last = page.size() < PAGE;
        cursors.put(kind, last ? Keys.LOWEST : page.getLast().key());
        return !last && dead.size() * 10 >= page.size();
    }
}
