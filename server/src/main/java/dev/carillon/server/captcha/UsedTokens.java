// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

import dev.carillon.server.directory.Sql;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.secret.Keyring;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** Remembers, for all nodes, what was solved, until it is too old to be accepted again. Thread-safe. */
final class UsedTokens {
    private final Database database;
    private final Keyring keyring;
    private final InstantSource clock;

    UsedTokens(Database database, Keyring keyring, InstantSource clock) {
        this.database = database;
        this.keyring = keyring;
        this.clock = clock;
    }

    /** Uses a solution up; false when that was done before. */
    boolean use(UUID environment, String task, Duration life) {
        String key = keyring.lookup("captcha", bytes(environment.toString()), bytes(task))
                .toString();
        return Sql.change(database, connection -> {
            Sql.update(connection, "DELETE FROM captcha_used WHERE expires_at < ?", clock.millis());
            return Sql.update(
                            connection,
                            "INSERT INTO captcha_used (token, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                            key,
                            clock.instant().plus(life).toEpochMilli())
                    > 0;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
