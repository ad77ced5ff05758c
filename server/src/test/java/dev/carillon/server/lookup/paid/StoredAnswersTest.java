// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.Network;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.LedgerMetrics;
import dev.carillon.server.ledger.NumberReader;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredAnswersTest {
    private static final UUID ACCOUNT = new UUID(0x4000L, 1);
    private static final PhoneNumber NUMBER = new PhoneNumber("+12025550123", "US", LineType.MOBILE);

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private OpenDatabase database;
    private Ledger ledger;
    private StoredAnswers answers;

    @BeforeEach
    void open() {
        database = OpenDatabase.open(folder, Optional.empty());
        Keyring keyring = Keyring.load(database, new MasterSecretSource(Optional.empty(), folder), clock);
        ledger = new Ledger(database.store(), clock, _ -> {}, LedgerMetrics.NONE);
        answers = new StoredAnswers(ledger, new NumberReader(database.store()), keyring);
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    private KnownAnswer answer(String name) {
        Finding finding = new Finding(
                Optional.of(LineType.VOIP),
                Optional.of(new Network("310410")),
                Optional.of("AT&T"),
                Optional.of(true),
                Optional.of(name));
        return new KnownAnswer(
                finding,
                Map.of(
                        Topic.NETWORK,
                        clock.instant(),
                        Topic.CALLER_NAME,
                        clock.instant().minusSeconds(60)));
    }

    @Test
    void whatIsKeptIsFoundByItsAccountAlone() {
        answers.keep(ACCOUNT, NUMBER, answer("ACME"));

        assertThat(answers.find(ACCOUNT, NUMBER)).isEqualTo(answer("ACME"));
        assertThat(answers.find(new UUID(0x4000L, 2), NUMBER)).isEqualTo(KnownAnswer.NONE);
    }

    @Test
    void theNewestIsKept() {
        answers.keep(ACCOUNT, NUMBER, answer("ACME"));
        answers.keep(ACCOUNT, NUMBER, answer("NEWER"));

        assertThat(answers.find(ACCOUNT, NUMBER)).isEqualTo(answer("NEWER"));
    }

    @Test
    void whatIsForgottenIsGone() {
        answers.forget(ACCOUNT, NUMBER.value());
        answers.keep(ACCOUNT, NUMBER, answer("ACME"));
        answers.forget(ACCOUNT, NUMBER.value());

        assertThat(answers.find(ACCOUNT, NUMBER)).isEqualTo(KnownAnswer.NONE);
    }

    @Test
    void theDatabaseShowsNeitherNumberNorName() throws Exception {
        answers.keep(ACCOUNT, NUMBER, answer("A VERY TELLING NAME"));
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("A VERY TELLING NAME", "2025550123");
            }
        }
    }

    @Test
    void whatIsTooOldIsSwept() {
        answers.keep(ACCOUNT, NUMBER, answer("ACME"));
        clock.advance(Duration.ofDays(31));
        for (int i = 0; i < 3; i++) {
            boolean _ = database.store().maintain(clock.instant(), Duration.ofDays(30));
        }

        assertThat(answers.find(ACCOUNT, NUMBER)).isEqualTo(KnownAnswer.NONE);
    }
}
