// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenStore.Tokens;
import dev.carillon.server.delivery.token.TokenRow.Kept;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreConflictException;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.UnreadableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The rows of {@code provider_token}. Tokens are sealed, and bound to their row. */
final class TokenTable {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final int ATTEMPTS = 10;

    private final Database database;
    private final Keyring keyring;

    TokenTable(Database database, Keyring keyring) {
        this.database = database;
        this.keyring = keyring;
    }

    /** Under which a refresh token of the settings is remembered. */
    UUID seed(Secret initial) {
        return keyring.lookup("token-seed", bytes(initial.value()));
    }

    /** The row as it is now. */
    TokenRow find(String name) {
        return database.read(connection -> select(connection, name));
    }

    /**
     * Takes the lease, unless somebody has it.
     *
     * @return the row as it is under the lease: others may have changed it since it was last read
     */
    Optional<TokenRow> lease(String name, String holder, Instant now, Instant until) {
        return change(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO provider_token (connection, version, seeds, lease,"
                            + " leased_until) VALUES (?, 0, '', '', 0) ON CONFLICT DO NOTHING")) {
                insert.setString(1, name);
                insert.executeUpdate();
            }
            try (PreparedStatement update = connection.prepareStatement("UPDATE provider_token SET lease = ?,"
                    + " leased_until = ? WHERE connection = ? AND leased_until <= ?")) {
                update.setString(1, holder);
                update.setLong(2, until.toEpochMilli());
                update.setString(3, name);
                update.setLong(4, now.toEpochMilli());
                return update.executeUpdate() == 0 ? Optional.empty() : Optional.of(select(connection, name));
            }
        });
    }

    /**
     * Gives the lease back, if {@code holder} still has it.
     *
     * @param pause until when nobody should take it
     */
    void release(String name, String holder, Instant pause) {
        int _ = change(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE provider_token SET lease = '', leased_until = ? WHERE connection = ? AND lease = ?")) {
                update.setLong(1, pause.toEpochMilli());
                update.setString(2, name);
                update.setString(3, holder);
                return update.executeUpdate();
            }
        });
    }

    /**
     * Replaces the pair and ends the lease, whoever has it: the pair that it was taken for is spent.
     *
     * @return false when another pair was written meanwhile; that one counts
     */
    boolean replace(String name, long version, Kept kept, List<UUID> seeds) {
        return change(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE provider_token SET body = ?, seeds = ?, version = ?, lease = '', leased_until = 0"
                            + " WHERE connection = ? AND version = ?")) {
                update.setBytes(1, seal(name, kept));
                update.setString(2, seeds.stream().map(UUID::toString).collect(Collectors.joining(" ")));
                update.setLong(3, version + 1);
                update.setString(4, name);
                update.setLong(5, version);
                return update.executeUpdate() == 1;
            }
        });
    }

    private TokenRow select(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT body, version, seeds, lease, leased_until FROM provider_token WHERE connection = ?")) {
            select.setString(1, name);
            try (ResultSet result = select.executeQuery()) {
                if (!result.next()) {
                    return TokenRow.NONE;
                }
                return new TokenRow(
                        Optional.ofNullable(result.getBytes(1)).map(body -> open(name, body)),
                        result.getLong(2),
                        seeds(result.getString(3)),
                        result.getString(4),
                        Instant.ofEpochMilli(result.getLong(5)));
            }
        }
    }

    private static List<UUID> seeds(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(seed -> !seed.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    private byte[] seal(String name, Kept kept) {
        String json = MAPPER.createObjectNode()
                .put("access", kept.tokens().access().value())
                .put("refresh", kept.tokens().refresh().value())
                .put("expires_at", kept.tokens().expiresAt().toEpochMilli())
                .put("since", kept.since().toEpochMilli())
                .toString();
        return keyring.seal(bytes(json), context(name));
    }

    private Kept open(String name, byte[] body) {
        try {
            JsonNode json = MAPPER.readTree(keyring.open(body, context(name)));
            return new Kept(
                    new Tokens(
                            new Secret(json.path("access").asText()),
                            new Secret(json.path("refresh").asText()),
                            Instant.ofEpochMilli(json.path("expires_at").asLong())),
                    Instant.ofEpochMilli(json.path("since").asLong()));
        } catch (IOException e) {
            throw new UnreadableException("a provider's tokens have an unknown form");
        }
    }

    private static byte[] context(String name) {
        return bytes("provider_token/" + name);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
}
