// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.core.account.TestNumber;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.api.AnswerException;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.ClientAddresses;
import dev.carillon.server.api.dynamic.RateLimits.Purpose;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.EnvironmentView;
import dev.carillon.server.user.Tokens;
import io.helidon.http.HeaderNames;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What every endpoint asks first: which environment it is, whether the page may call, and whether not too often. */
record Door(
        Function<UUID, Optional<EnvironmentView>> environments,
        ClientAddresses addresses,
        RateLimits limits,
        Tokens tokens,
        DynamicErrors errors,
        InstantSource clock) {
    private static final String BEARER = "bearer ";

    /** A request that was let in. */
    record Visit(EnvironmentView view, InetAddress client, ApiRequest request) {
        Environment environment() {
            return view.environment();
        }

        AccountView account() {
            return view.account();
        }

        /** The account as it is for a number: those of the sandbox get nothing and have the sandbox's code. */
        AccountView account(PhoneNumber number) {
            return environment()
                    .sandboxCode()
                    .filter(_ -> PhoneFields.isSandbox(number.value()))
                    .map(code -> account().with(new TestNumber(number.value(), code, TestNumber.Outcome.VALID)))
                    .orElse(account());
        }
    }

    /** The environment that the path names; empty for one that is malformed or unknown. */
    Optional<EnvironmentView> find(ApiRequest request) {
        return Patterns.isUuid(request.parameter())
                ? environments.apply(UUID.fromString(request.parameter()))
                : Optional.empty();
    }

    /** Lets a request in, and counts it. */
    Visit enter(ApiRequest request, Purpose purpose) {
        if (!Patterns.isUuid(request.parameter())) {
            throw DynamicErrors.malformed("environmentId does not have the required form");
        }
        EnvironmentView view = find(request).orElseThrow(DynamicErrors::notFound);
        boolean suspended = view.account().account().suspended();
        if (suspended || Cors.isForeign(request, view.environment())) {
            throw purpose == Purpose.CHECK
                    ? DynamicErrors.forbiddenWithPayload()
                    : new AnswerException(DynamicErrors.forbidden());
        }
        // Only now: a page that may not call must not use up what its visitors may ask for.
        InetAddress client = addresses.of(request);
        Instant available = limits.take(client, view.environment().id(), purpose);
        if (available.isAfter(clock.instant())) {
            throw errors.limited(available);
        }
        return new Visit(view, client, request);
    }

    /** The user of the request's token, which must be there. */
    UUID user(Visit visit) {
        List<String> given = visit.request().header(HeaderNames.AUTHORIZATION);
        if (given.isEmpty()) {
            throw DynamicErrors.unauthorized("No jwt provided!");
        }
        String header = given.getFirst();
        return Optional.of(header)
                .filter(_ -> given.size() == 1 && header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(text -> tokens.user(
                        visit.environment(), text.substring(BEARER.length()).strip()))
                .orElseThrow(() -> DynamicErrors.unauthorized("Invalid jwt provided!"));
    }
}
