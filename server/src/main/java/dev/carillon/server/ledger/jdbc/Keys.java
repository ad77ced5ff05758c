// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import dev.carillon.server.ledger.Row;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** UUIDs as both engines see them: 16 bytes, big endian, compared as unsigned. */
final class Keys {

    /** The order of the engines, which is not that of {@link UUID#compareTo} (it takes the halves as signed). */
    static final Comparator<UUID> ORDER = (a, b) -> {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    };

    /** Below every key in use. */
    static final UUID LOWEST = new UUID(0, 0);

    private Keys() {}

    static byte[] toBytes(UUID key) {
        return ByteBuffer.allocate(16)
                .putLong(key.getMostSignificantBits())
                .putLong(key.getLeastSignificantBits())
                .array();
    }

    static UUID fromBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /** The lowest key that a verification created at {@code time} can have: the first 48 bits are its milliseconds. */
    static UUID firstAt(Instant time) {
        return new UUID(Math.max(0, time.toEpochMilli()) << 16, 0);
    }

    /** The milliseconds since 1970 at which a verification with this key was created. */
    static long millisOf(UUID key) {
        return key.getMostSignificantBits() >>> 16;
    }

    static List<UUID> sorted(Collection<UUID> keys) {
        List<UUID> sorted = new ArrayList<>(keys);
        sorted.sort(ORDER);
        return sorted;
    }

    /**
     * Rows in the order in which they must be locked.
     *
     * @throws IllegalArgumentException when two rows have the same key: no set-based statement could tell which is meant
     */
    static List<Row> sortedRows(Collection<Row> rows) {
        List<Row> sorted = new ArrayList<>(rows);
        sorted.sort((a, b) -> ORDER.compare(a.key(), b.key()));
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).key().equals(sorted.get(i - 1).key())) {
                throw new IllegalArgumentException(
                        "two rows with the key " + sorted.get(i).key());
            }
        }
        return sorted;
    }
}
