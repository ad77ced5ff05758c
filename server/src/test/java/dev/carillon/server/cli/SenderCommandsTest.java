// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderCommandsTest extends CommandFixture {
    @TempDir
    Path folder;

    @Test
    void sendersAreAddedListedAndRemoved() {
        String account = account().id().toString();
        assertThat(run("sender", "list", account).out()).isEqualTo("No senders: requests cannot name any.\n");
        assertThat(run("sender", "add", account, "Acme").out()).isEqualTo("Acme              all\n");
        assertThat(run("sender", "add", account, "Acme-DE", "--countries", "de,at", "--json")
                        .out())
                .isEqualTo("{\"sender_id\":\"Acme-DE\",\"countries\":[\"AT\",\"DE\"]}\n");
        assertThat(run("sender", "list", account).out()).isEqualTo("Acme              all\nAcme-DE           AT,DE\n");
        assertThat(run("sender", "list", account, "--json").out())
                .isEqualTo("[{\"sender_id\":\"Acme\",\"countries\":\"all\"},"
                        + "{\"sender_id\":\"Acme-DE\",\"countries\":[\"AT\",\"DE\"]}]\n");
        assertThat(run("sender", "remove", account, "Acme").code()).isZero();
        Result again = run("sender", "remove", account, "Acme");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("carillon: Acme is not a sender of the account " + account + "\n");
    }

    @Test
    void whatIsExportedIsImported() throws IOException {
        String account = account().id().toString();
        run("sender", "add", account, "Acme");
        run("sender", "add", account, "NO", "--countries", "NO");
        run("sender", "add", account, "0123", "--countries", "DE,FR");
        run("sender", "add", account, "12025550100");
        var before = store.senders(UUID.fromString(account));
        Path file = folder.resolve("senders.yaml");
        assertThat(run("sender", "export", account, file.toString()).out())
                .isEqualTo("4 senders are in " + file + ".\n");
        assertThat(run("sender", "export", account, "-").out()).isEqualTo(Files.readString(file));

        store.senders.clear();
        assertThat(run("sender", "import", account, file.toString()).out()).isEqualTo("4 senders are saved.\n");
        assertThat(store.senders.values())
                .containsExactlyInAnyOrderElementsOf(before)
                .contains(new AccountSender("NO", Countries.parse("NO")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'senders: {much too long for it: all}' | senders.much too long for it: 'much too long for it' is not a sender: 1 to 11 letters",
                "'senders: {Acme: [DE, XX]}' | senders.Acme: 'XX' is not an ISO 3166-1 alpha-2 country code",
                "'senders: {Acme: all, Acme: DE}' | senders.Acme is set twice",
                "'sender: {Acme: all}' | sender is not known here; there is senders",
                "'senders: [Acme]' | has no mapping senders",
                "'{' | this is not valid YAML",
            })
    void aBadFileIsExplained(String yaml, String message) throws IOException {
        String account = account().id().toString();
        Path file = Files.writeString(folder.resolve("senders.yaml"), yaml);
        Result result = run("sender", "import", account, file.toString());
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).startsWith("carillon: the file " + file).contains(message);
        assertThat(store.senders).isEmpty();
    }

    @Test
    void badArgumentsAreExplained() {
        String account = account().id().toString();
        assertThat(run("sender", "add", account, "much too long for it").err())
                .contains("SENDER: 'much too long for it' is not a sender");
        assertThat(run("sender", "add", account, "Acme", "--countries", "XX").err())
                .contains("--countries: 'XX' is not an ISO 3166-1 alpha-2 country code");
        assertThat(run("sender", "import", account, folder.resolve("none").toString())
                        .err())
                .contains("cannot be read");
    }
}
