// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenUnavailableException;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCall;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.secret.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AccessTokensTest {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final ServiceAccount ACCOUNT = ServiceAccount.read(new Options(
            Map.of("service_account", TestAccount.file("https://oauth2.example.com/token")), _ -> Optional.empty()));

    private final TestClock clock = new TestClock();
    private final AtomicInteger fetched = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean down;
    private volatile CountDownLatch entered = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final AccessTokens tokens = new AccessTokens(ACCOUNT, this::answer, Duration.ofSeconds(20), clock);

    private HttpReply answer(HttpCall call) throws CallFailedException, InterruptedException {
        assertThat(call.url()).hasToString("https://oauth2.example.com/token");
        int number = fetched.incrementAndGet();
        entered.countDown();
        gate.await();
        if (down) {
            throw new CallFailedException("no connection: refused", false, new IOException());
        }
        return new HttpReply(
                200,
                Map.of(),
                "{\"access_token\":\"token-" + number + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aTokenIsFetchedOnceAndReplacedBeforeItsEnd() throws Exception {
        assertThat(tokens.get()).isEqualTo(new Secret("token-1"));
        clock.advance(LIFE.minus(AccessTokens.AHEAD).minusSeconds(1));
        assertThat(tokens.get()).isEqualTo(new Secret("token-1"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(tokens.get()).isEqualTo(new Secret("token-2"));
        assertThat(fetched).hasValue(2);
    }

    @Test
    void oneThreadFetchesForAll() throws Exception {
        gate = new CountDownLatch(1);
        List<Future<Secret>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(threads.submit(tokens::get));
        }
        gate.countDown();
        for (Future<Secret> answer : answers) {
            assertThat(answer.get()).isEqualTo(new Secret("token-1"));
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void othersUseTheTokenThatIsStillValidWhileOneFetches() throws Exception {
        tokens.get();
        clock.advance(LIFE.minusSeconds(60));
        entered = new CountDownLatch(1);
        gate = new CountDownLatch(1);
        Future<Secret> next = threads.submit(tokens::get);
        entered.await();
        assertThat(tokens.get()).isEqualTo(new Secret("token-1"));
        gate.countDown();
        assertThat(next.get()).isEqualTo(new Secret("token-2"));
    }

    @Test
    void aFailureStandsForAMoment() throws Exception {
        down = true;
        assertThatThrownBy(tokens::get)
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessage("no access token: no connection: refused");
        down = false;
        assertThatThrownBy(tokens::get).isInstanceOf(TokenUnavailableException.class);
        assertThat(fetched).hasValue(1);
        clock.advance(AccessTokens.PAUSE);
        assertThat(tokens.get()).isEqualTo(new Secret("token-2"));
    }

    @Test
    void whileNoneCanBeHadTheOldOneServesToItsEnd() throws Exception {
        tokens.get();
        down = true;
        clock.advance(LIFE.minusSeconds(60));
        assertThat(tokens.get()).isEqualTo(new Secret("token-1"));
        clock.advance(Duration.ofSeconds(30));
        assertThatThrownBy(tokens::get).isInstanceOf(TokenUnavailableException.class);
    }

    @Test
    void aTokenThatIsNotTakenIsForgotten() throws Exception {
        Secret first = tokens.get();
        tokens.rejected(first);
        assertThat(tokens.get()).isEqualTo(new Secret("token-2"));
        tokens.rejected(first);
        assertThat(tokens.get()).isEqualTo(new Secret("token-2"));
    }
}
