// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import static dev.carillon.server.secret.TestDatabase.holds;
import static dev.carillon.server.secret.TestDatabase.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.TestNumber;
import dev.carillon.server.secret.TestDatabase;
import dev.carillon.server.secret.WindowKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SqliteDirectoryTest extends DirectoryAdminContract {
    @Override
    TestDatabase database() {
        return TestDatabase.sqlite(folder);
    }

    @Test
    void theStoreHoldsNoNumberCodeOrKeyInClear() throws Exception {
        DirectoryAdmin.CreatedAccount created = node.admin().create("Acme");
        UUID id = created.account().id();
        // A connection that stays open keeps the write-ahead log, which is to be searched too.
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("carillon.db"));
                Statement statement = open.createStatement()) {
            statement.execute("SELECT * FROM account");
            node.admin().addTestNumber(id, new TestNumber(NUMBER, "83726195", TestNumber.Outcome.VALID));
            node.admin().addBlock(id, BlockPattern.parse("+33612345678"));
            node.admin().addBlock(id, BlockPattern.parse("+88213*"));
            node.admin().removeBlock(id, BlockPattern.parse("+33612345678"));
            WindowKeys.load(node.database(), node.keyring(), node.clock().instant());
            String master = Files.readString(folder.resolve("master.key"), StandardCharsets.US_ASCII)
                    .strip();
            Files.move(folder.resolve("master.key"), folder.resolveSibling(folder.getFileName() + ".key"));

            assertThat(folder.resolve("carillon.db-wal")).isNotEmptyFile();
            assertThat(holds(folder, utf8("Acme"))).isTrue();
            for (String secret : new String[] {
                NUMBER.substring(1),
                "83726195",
                "33612345678",
                "88213",
                created.key().text(),
                master
            }) {
                assertThat(holds(folder, utf8(secret))).as(secret).isFalse();
            }
            assertThat(holds(folder, Base64.getUrlDecoder().decode(master))).isFalse();
            assertThat(holds(
                            folder,
                            Base64.getUrlDecoder().decode(created.key().text().substring(3))))
                    .isFalse();
        } finally {
            Files.deleteIfExists(folder.resolveSibling(folder.getFileName() + ".key"));
        }
    }
}
