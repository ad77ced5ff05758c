// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.rbm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.carillon.server.delivery.Secret;
import dev.carillon.server.delivery.TokenUnavailableException;
import dev.carillon.server.delivery.http.CallFailedException;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.HttpReply;
import dev.carillon.server.delivery.http.JsonTree;
import dev.carillon.server.delivery.http.Outcomes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The access token of a service account, in memory: any number of them can be had, so nodes need not share it. One thread at a time
 * fetches the next; the others use the present one while it lasts. Thread-safe.
 */
final class AccessTokens {
    /** How long before its end a token is replaced. */
    static final Duration AHEAD = Duration.ofMinutes(5);
    /** A token with less than this left may end before the request that uses it arrives. */
    static final Duration MARGIN = Duration.ofSeconds(30);
    /** How long a failure stands for the calls that come after it, so that they do not queue up to fail one by one. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServiceAccount account;
    private final HttpCalls http;
    private final Duration patience;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Token token;

    /** Guarded by the lock. */
    private @Nullable Failure failure;

    private record Token(Secret access, Instant expiresAt) {
        boolean lasts(Instant now, Duration more) {
            return now.plus(more).isBefore(expiresAt);
        }
    }

    private record Failure(TokenUnavailableException reason, Instant at) {}

    /** @param patience how long to wait for another thread that fetches */
    AccessTokens(ServiceAccount account, HttpCalls http, Duration patience, InstantSource clock) {
        this.account = account;
        this.http = http;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * A token that works now.
     *
     * @throws TokenUnavailableException when none is left and none can be had
     */
    Secret get() throws TokenUnavailableException, InterruptedException {
        Optional<Secret> fresh = present(AHEAD);
        if (fresh.isPresent()) {
            return fresh.get();
        }
        Optional<Secret> usable = present(MARGIN);
        boolean mine = usable.isPresent() ? lock.tryLock() : lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!mine) {
            return usable.orElseThrow(
                    () -> new TokenUnavailableException("the access token was not there in time", null));
        }
        try {
            Optional<Secret> fetchedMeanwhile = present(AHEAD);
            return fetchedMeanwhile.isPresent() ? fetchedMeanwhile.get() : fetch();
        } catch (TokenUnavailableException e) {
            return usable.orElseThrow(() -> e);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a token that Google did not take. */
    void rejected(Secret access) {
        Token present = token;
        if (present != null && present.access().equals(access)) {
            token = null;
        }
    }

    private Optional<Secret> present(Duration more) {
        return Optional.ofNullable(token)
                .filter(it -> it.lasts(clock.instant(), more))
                .map(Token::access);
    }

    private Secret fetch() throws TokenUnavailableException, InterruptedException {
        Instant now = clock.instant();
        Failure last = failure;
        if (last != null && now.isBefore(last.at().plus(PAUSE))) {
            throw last.reason();
        }
        try {
            Token fetched = read(http.send(account.tokenRequest(now)), now);
            token = fetched;
            failure = null;
            return fetched.access();
        } catch (CallFailedException e) {
            throw failed(new TokenUnavailableException("no access token: " + e.getMessage(), e), now);
        } catch (TokenUnavailableException e) {
            throw failed(e, now);
        }
    }

    private TokenUnavailableException failed(TokenUnavailableException reason, Instant now) {
        failure = new Failure(reason, now);
        return reason;
    }

    private static Token read(HttpReply reply, Instant askedAt) throws TokenUnavailableException {
        JsonNode json = JsonTree.read(reply.body());
        Optional<String> access = JsonTree.text(json, "/access_token");
        long seconds = json.path("expires_in").asLong();
        if (!reply.isSuccess() || access.isEmpty() || seconds <= 0) {
            throw new TokenUnavailableException(
                    "no access token: "
                            + Outcomes.detail(
                                    reply, JsonTree.text(json, "/error"), JsonTree.text(json, "/error_description")),
                    null);
        }
        return new Token(new Secret(access.get()), askedAt.plusSeconds(seconds));
    }
}
