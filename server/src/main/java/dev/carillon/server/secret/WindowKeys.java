// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreConflictException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Erases codes by forgetting keys. Each minute has a random key, shared by all nodes; what must be unreadable once a window is
 * over is sealed under the key of the minute in which it ends. When that minute and a grace of one more are past, the key is
 * deleted, and everything sealed under it is noise from then on, whatever other secrets one holds.
 *
 * <p>This holds as far as the deletion does. Copies of the key's row from while it lived still open with the master secret: in a
 * backup, in an archived or not yet recycled write-ahead log, in the pages of PostgreSQL until vacuum has reused the space.
 *
 * <p>All nodes must agree on the time to within the grace. Safe for use by several threads; {@link #seal} and {@link #open} work
 * in memory.
 */
public final class WindowKeys {
    /** How far ahead there are keys: the longest window, and five minutes in which {@link #maintain} may fail. */
    static final int MINUTES_AHEAD = 66;

    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(60);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 5;
    private static final int ATTEMPTS = 10;

    private final Database database;
    private final WindowKeyTable table;
    private volatile SortedMap<Integer, SecretKey> keys = new TreeMap<>();

    private WindowKeys(Database database, Keyring keyring) {
        this.database = database;
        this.table = new WindowKeyTable(keyring);
    }

    /** The keys of a store, ready for use at {@code now}. */
    public static WindowKeys load(Database database, Keyring keyring, Instant now) {
        WindowKeys keys = new WindowKeys(database, keyring);
        keys.maintain(now);
        return keys;
    }

    /**
     * Makes the keys of the coming {@value #MINUTES_AHEAD} minutes and deletes those that are past. To be called once a
     * minute on every node.
     *
     * @throws dev.carillon.server.ledger.StoreException when the database fails; the keys in memory still serve
     */
    public synchronized void maintain(Instant now) {
        int minute = Math.toIntExact(Math.floorDiv(now.toEpochMilli(), MINUTE));
        SortedMap<Integer, SecretKey> known = keys;
        // Forgotten here even if the database cannot be reached.
        keys = new TreeMap<>(known.tailMap(minute));
        for (int attempt = 1; ; attempt++) {
            try {
                keys = opened(known, database.write(connection -> {
                    table.overwriteDeleted(connection);
                    table.delete(connection, minute);
                    table.create(connection, minute, minute + MINUTES_AHEAD);
                    return table.read(connection);
                }));
                return;
            } catch (StoreConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Whether there are keys for every window that opens at {@code now}; there are none after the clock was set by much. */
    public boolean serves(Instant now) {
        SortedMap<Integer, SecretKey> known = keys;
        return covers(now.plus(LONGEST_WINDOW)) && known.firstKey() <= Math.ceilDiv(now.toEpochMilli(), MINUTE);
    }

    /** Whether there is a key for everything that ends by {@code until}. */
    public boolean covers(Instant until) {
        SortedMap<Integer, SecretKey> known = keys;
        return !known.isEmpty() && Math.ceilDiv(until.toEpochMilli(), MINUTE) <= known.lastKey();
    }

    /**
     * Encrypts and authenticates (AES-256-GCM). A pure function while the keys are there: the same arguments give the same
     * blob, so that a batch can be run again.
     *
     * @param until when the content stops being readable, to within two minutes; at most 65 minutes ahead
     * @param nonceSource an id that is random in its last 12 bytes and never used for another content
     * @throws NoWindowKeyException when there is no key for that time
     */
    public byte[] seal(byte[] plaintext, Instant until, UUID nonceSource) {
        int minute = Math.toIntExact(Math.ceilDiv(until.toEpochMilli(), MINUTE));
        SecretKey key = keys.get(minute);
        if (key == null) {
            throw new NoWindowKeyException(until);
        }
        byte[] header =
                ByteBuffer.allocate(HEADER_BYTES).put(FORMAT).putInt(minute).array();
        byte[] id = bytes(nonceSource);
        return Gcm.seal(key, id, id.length - Gcm.NONCE_BYTES, header, HEADER_BYTES, id, plaintext);
    }

    /**
     * The plaintext of what {@link #seal} made for the same id; empty when its key is gone. That is also the answer when its minute
     * has another key by now, as after a clock that was set forward and back again, which cannot be told from a blob
     * that was changed or belongs to another id.
     *
     * @throws UnreadableException when it has no form that {@link #seal} makes
     */
    public Optional<byte[]> open(byte[] blob, UUID nonceSource) {
        if (blob.length < HEADER_BYTES + Gcm.TAG_BYTES || blob[0] != FORMAT) {
            throw new UnreadableException("this is no sealed data of a format that is known");
        }
        SecretKey key = key(ByteBuffer.wrap(blob).getInt(1));
        if (key == null) {
            return Optional.empty();
        }
        byte[] id = bytes(nonceSource);
        try {
            return Optional.of(Gcm.open(key, id, id.length - Gcm.NONCE_BYTES, HEADER_BYTES, HEADER_BYTES, id, blob));
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private @Nullable SecretKey key(int minute) {
        SortedMap<Integer, SecretKey> known = keys;
        SecretKey key = known.get(minute);
        if (key == null && !known.isEmpty() && minute > known.lastKey()) {
            // Not past but not known yet: another node is ahead of this one, whose upkeep is late.
            reload();
            return keys.get(minute);
        }
        return key;
    }

    private synchronized void reload() {
        SortedMap<Integer, SecretKey> known = keys;
        keys = opened(known, database.read(table::read));
    }

    private SortedMap<Integer, SecretKey> opened(SortedMap<Integer, SecretKey> known, Map<Integer, byte[]> rows) {
        SortedMap<Integer, SecretKey> all = new TreeMap<>();
        rows.forEach((minute, row) -> {
            SecretKey key = known.get(minute);
            all.put(minute, key != null ? key : table.open(minute, row));
        });
        return all;
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
