// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenStore;
import dev.carillon.server.delivery.TokenStore.Refresher;
import dev.carillon.server.delivery.TokenUnavailableException;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.ledger.jdbc.OpenDatabase;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.secret.MasterSecretSource;
import dev.carillon.server.secret.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a token store does, on any engine, with two nodes. */
@Timeout(60)
abstract class TokenStoreContract {
    private static final String NAME = "zalo-vn";
    private static final Duration PAST_PAUSE = TokenHolder.PAUSE.plusMillis(1);
    private static final Duration NEARLY_OVER = SingleUseProvider.LIFE.minus(Duration.ofMinutes(5));
    private static final Duration OVER = SingleUseProvider.LIFE.plusSeconds(1);

    @TempDir
    Path folder;

    private final TestClock clock = new TestClock();
    private final SingleUseProvider provider = new SingleUseProvider(clock);
    private final Secret initial = provider.authorise("initial");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<OpenDatabase> databases = new ArrayList<>();
    private OpenDatabase database;
    private Keyring keyring;
    private TokenStore one;
    private TokenStore two;

    /** A further node's connection to one and the same store. */
    abstract OpenDatabase open();

    @BeforeEach
    void start() {
        database = opened();
        keyring = Keyring.load(database, new MasterSecretSource(Optional.empty(), folder), clock);
        one = new StoredTokens(database, keyring, clock);
        two = new StoredTokens(opened(), keyring, clock);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        databases.forEach(OpenDatabase::close);
    }

    private OpenDatabase opened() {
        OpenDatabase opened = open();
        databases.add(opened);
        return opened;
    }

    private String access(TokenStore node) throws Exception {
        return node.accessToken(NAME, initial, provider).value();
    }

    @Test
    void theInitialTokenIsTradedInOnceAndForAllNodes() throws Exception {
        assertThat(access(one)).isEqualTo("access-1");
        assertThat(access(two)).isEqualTo("access-1");
        assertThat(access(one)).isEqualTo("access-1");
        assertThat(provider.tradedIn()).containsExactly("initial");
    }

    @Test
    void connectionsHaveTokensOfTheirOwn() throws Exception {
        assertThat(access(one)).isEqualTo("access-1");
        Secret other = provider.authorise("other");
        assertThat(one.accessToken("other", other, provider).value()).isEqualTo("access-2");
        assertThat(access(one)).isEqualTo("access-1");
    }

    @Test
    void aTokenIsReplacedBeforeItsEnd() throws Exception {
        access(one);
        clock.advance(NEARLY_OVER);
        assertThat(access(one)).isEqualTo("access-2");
        assertThat(access(two)).isEqualTo("access-2");
        assertThat(provider.tradedIn()).containsExactly("initial", "refresh-1");
    }

    @Test
    void aNodeThatStartsLaterGoesOnWhereTheOthersAre() throws Exception {
        access(one);
        clock.advance(OVER);
        access(two);
        clock.advance(OVER);
        TokenStore three = new StoredTokens(opened(), keyring, clock);
        assertThat(access(three)).isEqualTo("access-3");
        assertThat(provider.refused()).isZero();
    }

    @Test
    void ofManyThreadsOnTwoNodesOneRefreshes() throws Exception {
        for (int round = 1; round <= 5; round++) {
            List<Future<String>> answers = new ArrayList<>();
            CountDownLatch start = new CountDownLatch(1);
            for (int i = 0; i < 20; i++) {
                TokenStore node = i % 2 == 0 ? one : two;
                answers.add(threads.submit(() -> {
                    start.await();
                    return access(node);
                }));
            }
            start.countDown();
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo("access-" + round);
            }
            clock.advance(OVER);
        }
        assertThat(provider.tradedIn()).hasSize(5);
        assertThat(provider.refused()).isZero();
    }

    @Test
    void othersUseTheTokenThatIsStillValidWhileOneRefreshes() throws Exception {
        access(one);
        access(two);
        clock.advance(NEARLY_OVER);
        Gate gate = new Gate(provider);
        Future<String> refreshing =
                threads.submit(() -> one.accessToken(NAME, initial, gate).value());
        gate.entered.await();
        assertThat(access(two)).isEqualTo("access-1");
        assertThat(access(one)).isEqualTo("access-1");
        gate.open.countDown();
        assertThat(refreshing.get()).isEqualTo("access-2");
        assertThat(access(two)).isEqualTo("access-2");
    }

    @Test
    void othersWaitWhenNoTokenIsValid() throws Exception {
        Gate gate = new Gate(provider);
        Future<String> refreshing =
                threads.submit(() -> one.accessToken(NAME, initial, gate).value());
        gate.entered.await();
        Future<String> waiting = threads.submit(() -> access(two));
        Future<String> alsoWaiting = threads.submit(() -> access(one));
        gate.open.countDown();
        assertThat(refreshing.get()).isEqualTo("access-1");
        assertThat(waiting.get()).isEqualTo("access-1");
        assertThat(alsoWaiting.get()).isEqualTo("access-1");
        assertThat(provider.tradedIn()).containsExactly("initial");
    }

    @Test
    void aNodeThatDiesInTheMiddleHoldsTheOthersUpForTheLeaseOnly() throws Exception {
        Gate gate = new Gate(provider);
        Future<String> dying =
                threads.submit(() -> one.accessToken(NAME, initial, gate).value());
        gate.entered.await();
        clock.advance(TokenHolder.LEASE.plusMillis(1));
        assertThat(access(two)).isEqualTo("access-1");
        gate.open.countDown();
        // It was slow and not dead: what it traded in is spent, and what the other got stays.
        assertThatThrownBy(dying::get).hasCauseInstanceOf(TokenUnavailableException.class);
        assertThat(access(one)).isEqualTo("access-1");
    }

    @Test
    void afterAFailureNobodyTriesForAWhile() throws Exception {
        provider.down(true);
        assertThatThrownBy(() -> access(one)).hasMessageContaining("the provider is down");
        provider.down(false);
        assertThatThrownBy(() -> access(two))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("a moment ago");
        clock.advance(PAST_PAUSE);
        assertThat(access(two)).isEqualTo("access-1");
        assertThat(access(one)).isEqualTo("access-1");
    }

    @Test
    void whileTheProviderIsDownTheOldTokenServesToItsEnd() throws Exception {
        access(one);
        clock.advance(NEARLY_OVER);
        provider.down(true);
        assertThat(access(one)).isEqualTo("access-1");
        assertThat(access(two)).isEqualTo("access-1");
        clock.advance(Duration.ofMinutes(5));
        assertThatThrownBy(() -> access(one)).isInstanceOf(TokenUnavailableException.class);
        provider.down(false);
        clock.advance(PAST_PAUSE);
        assertThat(access(one)).isEqualTo("access-2");
    }

    @Test
    void aNewTokenInTheSettingsIsTakenAndAnOldOneIsNot() throws Exception {
        access(one);
        Secret newer = provider.authorise("newer");
        assertThat(two.accessToken(NAME, newer, provider).value()).isEqualTo("access-2");
        // This node still has the old settings.
        clock.advance(NEARLY_OVER);
        assertThat(access(one)).isEqualTo("access-3");
        assertThat(two.accessToken(NAME, newer, provider).value()).isEqualTo("access-3");
        assertThat(provider.tradedIn()).containsExactly("initial", "newer", "refresh-2");
        assertThat(provider.refused()).isZero();
    }

    @Test
    void aNewTokenInTheSettingsMendsWhatIsBroken() throws Exception {
        access(one);
        Secret stolen = new Secret("refresh-1");
        provider.refresh(stolen);
        clock.advance(OVER);
        assertThatThrownBy(() -> access(one)).isInstanceOf(TokenUnavailableException.class);
        clock.advance(PAST_PAUSE);
        Secret newer = provider.authorise("newer");
        assertThat(one.accessToken(NAME, newer, provider).value()).isEqualTo("access-3");
    }

    @Test
    void aTokenThatTheProviderDoesNotTakeIsReplacedOnce() throws Exception {
        Secret refused = one.accessToken(NAME, initial, provider);
        access(two);
        one.rejected(NAME, refused);
        assertThat(access(one)).as("it is young").isEqualTo("access-1");
        clock.advance(TokenHolder.YOUNG);
        one.rejected(NAME, refused);
        assertThat(access(one)).isEqualTo("access-2");
        two.rejected(NAME, refused);
        assertThat(access(two)).isEqualTo("access-2");
        one.rejected(NAME, refused);
        assertThat(access(one)).isEqualTo("access-2");
    }

    @Test
    void whatTheProviderGaveIsNotUsedBeforeItIsKeptAndNotLost() throws Exception {
        Failing failing = new Failing(opened());
        TokenStore node = new StoredTokens(failing, keyring, clock);
        Refresher breaking = token -> {
            failing.broken = true;
            return provider.refresh(token);
        };
        assertThatThrownBy(() -> node.accessToken(NAME, initial, breaking))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("switched off");
        failing.broken = false;
        assertThat(node.accessToken(NAME, initial, breaking).value()).isEqualTo("access-1");
        assertThat(access(two)).isEqualTo("access-1");
        assertThat(provider.tradedIn()).containsExactly("initial");
    }

    @Test
    void theStoreHoldsNoTokenInClear() throws Exception {
        access(one);
        String row = database.read(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery("SELECT body, seeds FROM provider_token")) {
                assertThat(result.next()).isTrue();
                return new String(result.getBytes(1), StandardCharsets.ISO_8859_1) + result.getString(2);
            }
        });
        assertThat(row).doesNotContain("access-1", "refresh-1", "initial");
    }

    /** Stops a refresh before the provider is asked. */
    private record Gate(Refresher refresher, CountDownLatch entered, CountDownLatch open) implements Refresher {
        Gate(Refresher refresher) {
            this(refresher, new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public TokenStore.Tokens refresh(Secret refreshToken) throws TokenUnavailableException, InterruptedException {
            entered.countDown();
            open.await();
            return refresher.refresh(refreshToken);
        }
    }

    /** A database that can be switched off. */
    private static final class Failing implements Database {
        private final Database database;
        private volatile boolean broken;

        Failing(Database database) {
            this.database = database;
        }

        @Override
        public <T extends @Nullable Object> T write(SqlWork<T> work) {
            return database.write(checked(work));
        }

        @Override
        public <T extends @Nullable Object> T read(SqlWork<T> work) {
            return database.read(checked(work));
        }

        private <T extends @Nullable Object> SqlWork<T> checked(SqlWork<T> work) {
            if (broken) {
                throw new StoreException("switched off", null);
            }
            return work;
        }
    }
}
