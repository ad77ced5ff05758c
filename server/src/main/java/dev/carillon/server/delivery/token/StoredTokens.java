// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.token;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.TokenUnavailableException;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.secret.Keyring;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tokens in the database, one row for each connection, and in the memory of each node that uses them. */
public final class StoredTokens implements TokenStore {
    private final TokenTable table;
    private final InstantSource clock;
    private final Map<String, TokenHolder> holders = new ConcurrentHashMap<>();

    public StoredTokens(Database database, Keyring keyring, InstantSource clock) {
        this.table = new TokenTable(database, keyring);
        this.clock = clock;
    }

    @Override
    public Secret accessToken(String connection, Secret initial, Refresher refresher)
            throws TokenUnavailableException, InterruptedException {
        return holder(connection).accessToken(initial, refresher);
    }

    @Override
    public void rejected(String connection, Secret accessToken) {
        holder(connection).rejected(accessToken);
    }

    private TokenHolder holder(String connection) {
        return holders.computeIfAbsent(connection, name -> new TokenHolder(name, table, clock));
    }
}
