// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.time.TimeOrderedId;
import dev.carillon.server.directory.Sql;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.secret.Keyring;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The users of all environments. In one environment a number is one user's; another environment knows nothing of it. Rows are
 * sealed, and numbers are found by keyed hashes. Each change is one durable transaction. Thread-safe.
 */
public final class Users {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Database database;
    private final Keyring keyring;
    private final InstantSource clock;

    public Users(Database database, Keyring keyring, InstantSource clock) {
        this.database = database;
        this.keyring = keyring;
        this.clock = clock;
    }

    /** @param isNew whether this was their first time */
    public record SignedIn(User user, boolean isNew) {}

    /** The user who has just proven a number; made if nobody had it. */
    public SignedIn signIn(UUID environment, PhoneNumber number) {
        return Sql.change(database, connection -> {
            VerifiedNumber proven = proven(number);
            User fresh =
                    new User(newId(), environment, List.of(), proven.verifiedAt(), proven.verifiedAt()).with(proven);
            if (claim(connection, fresh, number.value())) {
                Sql.update(
                        connection,
                        "INSERT INTO environment_user (id, environment, body, created_at) VALUES (?, ?, ?, ?)",
                        fresh.id().toString(),
                        environment.toString(),
                        sealed(fresh),
                        clock.millis());
                return new SignedIn(fresh, true);
            }
            UUID owner = owner(connection, environment, number.value())
                    .orElseThrow(() -> new StoreConflictException("the number was given up meanwhile", null));
            User known = hold(connection, environment, owner)
                    .orElseThrow(() -> new StoreConflictException("the user was erased meanwhile", null));
            return new SignedIn(save(connection, known.with(proven)), false);
        });
    }

    /** What became of {@link #attach}. */
    public sealed interface Attached {
        record Done(User user) implements Attached {}

        /** The number is another user's. */
        record Taken() implements Attached {}

        /** There is no such user any more. */
        record NoUser() implements Attached {}
    }

    /** Adds a number that was just proven to a user. */
    public Attached attach(UUID environment, UUID id, PhoneNumber number) {
        return Sql.change(database, connection -> {
            Optional<User> user = hold(connection, environment, id);
            if (user.isEmpty()) {
                return new Attached.NoUser();
            }
            boolean free = claim(connection, user.get(), number.value());
            if (!free && !owner(connection, environment, number.value()).equals(Optional.of(id))) {
                return new Attached.Taken();
            }
            return new Attached.Done(save(connection, user.get().with(proven(number))));
        });
    }

    /** A user of an environment. */
    public Optional<User> find(UUID environment, UUID id) {
        return database.read(connection -> find(connection, environment, id));
    }

    /**
     * Forgets a number in these environments, and users who have no other.
     *
     * @return how many users had it
     */
    public int erase(Collection<UUID> environments, String e164) {
        return Sql.change(database, connection -> {
            int erased = 0;
            for (UUID environment : environments) {
                Optional<UUID> owner = owner(connection, environment, e164);
                if (owner.isPresent()) {
                    erased++;
                    forget(connection, environment, owner.get(), e164);
                }
            }
            return erased;
        });
    }

    private void forget(Connection connection, UUID environment, UUID owner, String e164) throws SQLException {
        Optional<User> user = hold(connection, environment, owner).map(known -> known.without(e164));
        Sql.update(
                connection,
                "DELETE FROM environment_number WHERE environment = ? AND number = ?",
                environment.toString(),
                key(environment, e164));
        if (user.isPresent() && user.get().numbers().isEmpty()) {
            Sql.update(connection, "DELETE FROM environment_user WHERE id = ?", owner.toString());
        } else if (user.isPresent()) {
            User _ = save(connection, user.get());
        }
    }

    /** False when somebody has the number. */
    private boolean claim(Connection connection, User user, String e164) throws SQLException {
        return Sql.update(
                        connection,
                        "INSERT INTO environment_number (environment, number, user_id) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        user.environment().toString(),
                        key(user.environment(), e164),
                        user.id().toString())
                > 0;
    }

    private Optional<UUID> owner(Connection connection, UUID environment, String e164) throws SQLException {
        return Sql.query(
                        connection,
                        "SELECT user_id FROM environment_number WHERE environment = ? AND number = ?",
                        row -> UUID.fromString(row.getString(1)),
                        environment.toString(),
                        key(environment, e164))
                .stream()
                .findFirst();
    }

    /** The user, whom nobody else changes until the transaction ends: what is written back is made of what was read. */
    private Optional<User> hold(Connection connection, UUID environment, UUID id) throws SQLException {
        Sql.update(connection, "UPDATE environment_user SET id = id WHERE id = ?", id.toString());
        return find(connection, environment, id);
    }

    private Optional<User> find(Connection connection, UUID environment, UUID id) throws SQLException {
        return Sql.query(
                        connection,
                        "SELECT body FROM environment_user WHERE id = ? AND environment = ?",
                        row -> UserJson.read(id, environment, keyring.open(row.getBytes(1), context(environment, id))),
                        id.toString(),
                        environment.toString())
                .stream()
                .findFirst();
    }

    private User save(Connection connection, User user) throws SQLException {
        Sql.update(
                connection,
                "UPDATE environment_user SET body = ? WHERE id = ?",
                sealed(user),
                user.id().toString());
        return user;
    }

    private VerifiedNumber proven(PhoneNumber number) {
        String region = number.regionCode();
        return new VerifiedNumber(
                newId(), number.value(), region == null ? "" : region, Instant.ofEpochMilli(clock.millis()));
    }

    private byte[] sealed(User user) {
        return keyring.seal(UserJson.write(user), context(user.environment(), user.id()));
    }

    private String key(UUID environment, String e164) {
        return keyring.lookup("environment-number", bytes(environment.toString()), bytes(e164))
                .toString();
    }

    private static byte[] context(UUID environment, UUID id) {
        return bytes("environment_user/" + environment + "/" + id);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private UUID newId() {
        return TimeOrderedId.of(clock.instant(), RANDOM.nextLong(), RANDOM.nextLong());
    }
}
