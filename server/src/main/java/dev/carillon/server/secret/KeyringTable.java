// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.secret;

import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreConflictException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of the keyring: the secret of each generation, sealed under the master secret. */
final class KeyringTable {
    private static final int MAX_GENERATION = 0xffff;
    private static final int ATTEMPTS = 10;
    private static final byte FORMAT = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(int generation, byte[] sealed, Instant activeFrom) {}

    KeyringTable(Database database) {
        this.database = database;
    }

    boolean isEmpty() {
        return database.read(KeyringTable::rows).isEmpty();
    }

    /** Makes generation 1, unless another node has just done so. */
    void createFirst(MasterSecret master, Instant now) {
        change(connection -> insert(connection, master, 1, now));
    }

    /**
     * All generations, taking those that are known already as they are.
     *
     * @throws SecretException when the master secret does not open one
     */
    NavigableMap<Integer, Generation> open(MasterSecret master, SortedMap<Integer, Generation> known) {
        NavigableMap<Integer, Generation> all = new TreeMap<>(known);
        for (Row row : database.read(KeyringTable::rows)) {
            if (!all.containsKey(row.generation())) {
                byte[] secret = unseal(master.keyringKey(), row);
                all.put(row.generation(), Generation.of(row.generation(), row.activeFrom(), secret));
            }
        }
        return all;
    }

    /** Adds the next generation and returns its number. */
    int add(MasterSecret master, Instant activeFrom) {
        return change(connection -> {
            List<Row> rows = lockedRows(connection);
            // Else a node that still runs on the former master secret would add what the present one does not open.
            unseal(master.keyringKey(), rows.getLast());
            int next = rows.getLast().generation() + 1;
            if (next > MAX_GENERATION) {
                throw new SecretException("there are " + MAX_GENERATION + " key generations, and no more can be added");
            }
            if (insert(connection, master, next, activeFrom) == 0) {
                throw new StoreConflictException("another node added a key generation", null);
            }
            return next;
        });
    }

    /** Seals every generation under another master secret. */
    void rewrap(MasterSecret from, MasterSecret to) {
        change(connection -> {
            XaesKey before = from.keyringKey();
            XaesKey after = to.keyringKey();
            List<Row> rows = lockedRows(connection);
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE keyring SET sealed = ? WHERE generation = ?")) {
                for (Row row : rows) {
                    update.setBytes(1, seal(after, row.generation(), unseal(before, row)));
                    update.setInt(2, row.generation());
                    update.executeUpdate();
                }
            }
            return rows.size();
        });
    }

    private <T> T change(Database.SqlWork<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.write(work);
            } catch (StoreConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int insert(Connection connection, MasterSecret master, int number, Instant activeFrom)
            throws SQLException {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO keyring (generation, sealed, active_from) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setInt(1, number);
            insert.setBytes(2, seal(master.keyringKey(), number, secret));
            insert.setLong(3, activeFrom.toEpochMilli());
            return insert.executeUpdate();
        }
    }

    /** The rows, with all other changes of the keyring kept out until the transaction ends: the first row is the lock. */
    private static List<Row> lockedRows(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("UPDATE keyring SET active_from = active_from WHERE generation = 1")) {
            lock.executeUpdate();
        }
        return rows(connection);
    }

    private static List<Row> rows(Connection connection) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT generation, sealed, active_from FROM keyring ORDER BY generation");
                ResultSet result = select.executeQuery()) {
            while (result.next()) {
                rows.add(new Row(result.getInt(1), result.getBytes(2), Instant.ofEpochMilli(result.getLong(3))));
            }
        }
        return rows;
    }

    private static byte[] seal(XaesKey key, int number, byte[] secret) {
        return key.seal(new byte[] {FORMAT}, context(number), secret);
    }

    private static byte[] unseal(XaesKey key, Row row) {
        try {
            return key.open(1, context(row.generation()), row.sealed());
        } catch (UnreadableException e) {
            throw new SecretException(
                    "the master secret does not open this store (key generation " + row.generation()
                            + "); give the one that " + "was in use when it was made or last changed",
                    e);
        }
    }

    /** The number, so that rows cannot be swapped. */
    private static byte[] context(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }
}
