// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.ledger.jdbc.PostgresUrl;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import dev.carillon.server.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UsedTokensTest {
    private static final UUID ENVIRONMENT = new UUID(1, 2);
    private static final Duration LIFE = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSolutionIsGoodOnceOnAllNodes(boolean onPostgresql) throws Exception {
        Optional<PostgresUrl> url = onPostgresql
                ? Optional.of(PostgresUrl.parse(PostgresServer.shared().createDatabase()))
                : Optional.empty();
        TestClock clock = new TestClock();
        try (OpenDatabase one = OpenDatabase.open(folder, url);
                OpenDatabase two = OpenDatabase.open(folder, url);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            MasterSecretSource master = new MasterSecretSource(Optional.empty(), folder);
            UsedTokens here = new UsedTokens(one, Keyring.load(one, master, clock), clock);
            UsedTokens there = new UsedTokens(two, Keyring.load(two, master, clock), clock);
            Callable<Boolean> use = () -> here.use(ENVIRONMENT, "task", LIFE);
            Callable<Boolean> useThere = () -> there.use(ENVIRONMENT, "task", LIFE);
            List<Callable<Boolean>> all = new ArrayList<>(Collections.nCopies(4, use));
            all.addAll(Collections.nCopies(4, useThere));
            int good = 0;
            for (Future<Boolean> used : threads.invokeAll(all)) {
                good += used.get() ? 1 : 0;
            }
            assertThat(good).isEqualTo(1);
            assertThat(there.use(ENVIRONMENT, "another", LIFE)).isTrue();
            assertThat(there.use(new UUID(3, 4), "task", LIFE)).isTrue();
            // When it is too old to be accepted anyway, it is forgotten.
            clock.advance(LIFE);
            assertThat(use.call()).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(use.call()).isTrue();
        }
    }
}
