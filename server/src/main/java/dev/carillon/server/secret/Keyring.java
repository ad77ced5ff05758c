// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import dev.carillon.server.ledger.Database;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The keys of a store, kept in the store and sealed under the master secret (envelope encryption). They come in generations:
 * new data takes the newest one, and every generation stays to read what was sealed under it, so keys are rotated without
 * downtime and without rewriting anything. The master secret can be changed by sealing a few dozen bytes again.
 *
 * <p>Nodes should call {@link #refresh} every second or two, so that they take a new generation into use together;
 * correctness does not depend on it, since a generation that is met before it is known is fetched then.
 *
 * <p>Safe for use by any number of threads; everything but {@link #load}, {@link #refresh}, {@link #rotate} and
 * {@link #rewrap} works in memory.
 */
public final class Keyring {
    /** How long after it was made a generation is taken into use: time for every node to learn of it. */
    public static final Duration ACTIVATION_DELAY = Duration.ofSeconds(5);

    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 3;

    private final KeyringTable table;
    private final InstantSource clock;
    private final HmacKey lookupKey;
    private volatile MasterSecret master;
    private volatile NavigableMap<Integer, Generation> generations;

    private Keyring(
            KeyringTable table,
            InstantSource clock,
            MasterSecret master,
            NavigableMap<Integer, Generation> generations) {
        this.table = table;
        this.clock = clock;
        this.master = master;
        this.generations = Collections.unmodifiableNavigableMap(generations);
        this.lookupKey = generations.firstEntry().getValue().lookup();
    }

    /**
     * Opens the keyring of a store. A store that has none gets its first generation, and if no master secret was given, one is
     * made. Several nodes may do this at once.
     *
     * @throws SecretException when the store has a keyring and the secret is missing or is not the one that opens it
     * @throws dev.carillon.server.ledger.StoreException when the database fails
     */
    public static Keyring load(Database database, MasterSecretSource source, InstantSource clock) {
        KeyringTable table = new KeyringTable(database);
        boolean fresh = table.isEmpty();
        MasterSecret master = source.find().orElseGet(() -> {
            if (!fresh) {
                // A new secret could open nothing, and would hide that the old one is lost.
                throw new SecretException("this store has keys, but no master secret is given: set "
                        + MasterSecretSource.VARIABLE + ", or put its " + MasterSecretSource.FILE + " back at "
                        + source.file());
            }
            return source.create();
        });
        if (fresh) {
            table.createFirst(master, clock.instant());
        }
        return new Keyring(table, clock, master, table.open(master, new TreeMap<>()));
    }

    /**
     * Makes sure that a master secret opens the keyring of a store, and changes nothing.
     *
     * @throws SecretException when it does not, or the store has no keys at all
     */
    public static void requireOpens(Database database, MasterSecret master) {
        KeyringTable table = new KeyringTable(database);
        if (table.isEmpty()) {
            throw new SecretException("this store has no keys: no server has ever been started on it");
        }
        NavigableMap<Integer, Generation> _ = table.open(master, new TreeMap<>());
    }

    /**
     * Encrypts and authenticates (XAES-256-GCM). The blob says which generation it needs and is 43 bytes longer than the
     * plaintext; sealing the same twice gives two blobs.
     *
     * @param context where the blob belongs, such as its table and key: it opens nowhere else
     */
    public byte[] seal(byte[] plaintext, byte[] context) {
        Generation generation = current();
        byte[] header = {FORMAT, (byte) (generation.number() >>> 8), (byte) generation.number()};
        return generation.data().seal(header, context, plaintext);
    }

    /**
     * The plaintext of what {@link #seal} made with the same context.
     *
     * @throws UnreadableException when anything in it was changed, or it belongs to another store or context
     */
    public byte[] open(byte[] blob, byte[] context) {
        if (blob.length < HEADER_BYTES || blob[0] != FORMAT) {
            throw new UnreadableException("this is no sealed data of a format that is known");
        }
        Generation generation = generation(((blob[1] & 0xff) << 8) | (blob[2] & 0xff));
        return generation.data().open(HEADER_BYTES, context, blob);
    }

    /**
     * A keyed hash to find a row by, the same for the life of the store: the first 128 bits of HMAC-SHA256. Without the
     * master secret nobody can tell which phone number it stands for, although numbers are few enough to try all.
     *
     * @param purpose keeps hashes of different things apart
     */
    public UUID lookup(String purpose, byte[]... parts) {
        ByteBuffer hash = ByteBuffer.wrap(lookupKey.over(purpose.getBytes(StandardCharsets.UTF_8), parts));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** The generation whose pepper new codes are hashed under; it must be kept beside the hash. */
    public int currentPepper() {
        return current().number();
    }

    /**
     * HMAC-SHA256 (32 bytes) under the pepper of a generation.
     *
     * @param generation from {@link #currentPepper}, at this or an earlier time
     * @throws UnreadableException when there is no such generation
     */
    public byte[] hmac(int generation, byte[] first, byte[]... rest) {
        return generation(generation).pepper().over(first, rest);
    }

    /**
     * Adds a generation, which every node uses from {@link #ACTIVATION_DELAY} on.
     *
     * @return its number
     * @throws SecretException when the master secret was changed meanwhile
     */
    public int rotate() {
        int number = table.add(master, clock.instant().plus(ACTIVATION_DELAY));
        refresh();
        return number;
    }

    /**
     * Seals all generations under another master secret, in one transaction. Nodes that run go on; from their next start (and
     * the next rotation) they need the new secret. Nothing opens with the old one any more, but for copies of the store.
     */
    public void rewrap(MasterSecret newMaster) {
        table.rewrap(master, newMaster);
        master = newMaster;
    }

    /**
     * Learns the generations that others have added.
     *
     * @throws SecretException when one was sealed under another master secret
     */
    public synchronized void refresh() {
        NavigableMap<Integer, Generation> known = generations;
        NavigableMap<Integer, Generation> now = table.open(master, known);
        if (now.size() > known.size()) {
            generations = Collections.unmodifiableNavigableMap(now);
        }
    }

    private Generation current() {
        Instant now = clock.instant();
        for (Generation generation : generations.descendingMap().values()) {
            if (!generation.activeFrom().isAfter(now)) {
                return generation;
            }
        }
        // The clock stands before the store was made; the first generation is known to everyone.
        return generations.firstEntry().getValue();
    }

    private Generation generation(int number) {
        Generation known = generations.get(number);
        if (known != null) {
            return known;
        }
        refresh();
        Generation fetched = generations.get(number);
        if (fetched == null) {
            throw new UnreadableException("this store has no key generation " + number);
        }
        return fetched;
    }
}
