// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.Policy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What an operator does to the environments of accounts. The rules of {@link DirectoryAdmin} hold here as well; each call is one
 * transaction.
 */
public final class EnvironmentAdmin {
    private final DirectoryAdmin directory;
    private final ListCodec codec;

    EnvironmentAdmin(DirectoryAdmin directory, ListCodec codec) {
        this.directory = directory;
        this.codec = codec;
    }

    private record Found(UUID account, Environment environment) {}

    /** Adds an environment. */
    public void create(UUID account, Environment environment) {
        directory.change(connection -> {
            Account owner = DirectoryAdmin.account(DirectoryAdmin.find(connection, account));
            requireFit(owner.policy());
            return directory.put(connection, codec.entry(account, environment));
        });
    }

    /** In order of their names. */
    public List<Environment> list(UUID account) {
        return directory.entries(account, ListKind.ENVIRONMENT).stream()
                .map(codec::environment)
                .sorted(Comparator.comparing(Environment::name).thenComparing(Environment::id))
                .toList();
    }

    /** The ids of all environments of all accounts. */
    public List<UUID> ids() {
        return directory.read(this::all).stream()
                .map(found -> found.environment().id())
                .toList();
    }

    /** @throws DirectoryException when there is none */
    public Environment show(UUID id) {
        return directory.read(connection -> find(connection, id)).environment();
    }

    /**
     * Replaces an environment by what {@code change} makes of it; {@code change} may be called more than once and keeps the id.
     *
     * @return the environment as it is now
     */
    public Environment update(UUID id, UnaryOperator<Environment> change) {
        return directory.change(connection -> {
            Found found = find(connection, id);
            Environment after;
            try {
                after = change.apply(found.environment());
            } catch (IllegalArgumentException e) {
                throw new DirectoryException(String.valueOf(e.getMessage()));
            }
            int _ = directory.put(connection, codec.entry(found.account(), after));
            return after;
        });
    }

    private Found find(Connection connection, UUID id) throws SQLException {
        return all(connection).stream()
                .filter(candidate -> candidate.environment().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new DirectoryException("there is no environment " + id));
    }

    private List<Found> all(Connection connection) throws SQLException {
        return Sql.query(connection, ListCodec.SELECT + " WHERE kind = ?", ListCodec::read, ListKind.ENVIRONMENT.text())
                .stream()
                .map(entry -> new Found(entry.account(), codec.environment(entry)))
                .toList();
    }

    /** Clients of this contract take six digits and nothing else. */
    static void requireFit(Policy policy) {
        if (policy.codeLength() != Environment.CODE_LENGTH) {
            throw new DirectoryException("codes of an account with environments have " + Environment.CODE_LENGTH
                    + " digits, and code-length is " + policy.codeLength());
        }
    }
}
