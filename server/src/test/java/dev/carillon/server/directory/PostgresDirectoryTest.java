// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.secret.MasterSecret;
import dev.carillon.server.secret.TestDatabase;
import dev.carillon.server.secret.WindowKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresDirectoryTest extends DirectoryAdminContract {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    TestDatabase database() {
        return TestDatabase.postgres(() -> server.getPostgresDatabase().getConnection());
    }

    /** Each test has its own master secret, so it needs its own keyring. */
    @Override
    @BeforeEach
    void create() throws Exception {
        database().execute("DELETE FROM list_entry; DELETE FROM api_key; DELETE FROM account; DELETE FROM keyring");
        super.create();
    }

    @Test
    void keysAreRotatedRewrappedAndShreddedAlike() {
        Instant now = node.clock().instant();
        UUID id = UUID.randomUUID();
        byte[] text = "123456".getBytes(StandardCharsets.UTF_8);
        assertThat(node.keyring().rotate()).isEqualTo(2);
        node.keyring().rewrap(MasterSecret.random());
        WindowKeys keys = WindowKeys.load(node.database(), node.keyring(), now);
        byte[] blob = keys.seal(text, now, id);
        assertThat(WindowKeys.load(node.database(), node.keyring(), now).open(blob, id))
                .hasValueSatisfying(opened -> assertThat(opened).isEqualTo(text));
        keys.maintain(now.plus(Duration.ofMinutes(3)));
        assertThat(keys.open(blob, id)).isEmpty();
    }
}
