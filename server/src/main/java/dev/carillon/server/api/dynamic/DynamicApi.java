// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.ClientAddresses;
import dev.carillon.server.api.ContractService;
import dev.carillon.server.api.Contracts;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.api.RequestMetrics;
import dev.carillon.server.api.Route;
import dev.carillon.server.api.dynamic.Door.Visit;
import dev.carillon.server.api.dynamic.RateLimits.Purpose;
import dev.carillon.server.captcha.Altcha;
import dev.carillon.server.captcha.Captchas;
import dev.carillon.server.directory.CaptchaProvider;
import dev.carillon.server.directory.CaptchaSettings;
import dev.carillon.server.directory.EnvironmentView;
import dev.carillon.server.user.SigningKeys;
import dev.carillon.server.user.Tokens;
import dev.carillon.server.user.Users;
import dev.carillon.server.verify.VerificationService;
import io.helidon.http.Method;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Dynamic's SMS verification endpoints under {@code /api/v0/sdk}. Thread-safe. */
public final class DynamicApi {
    private static final String PREFIX = "/api/v0/sdk";

    private final ContractService service;

    /**
     * What the API asks.
     *
     * @param environments finds an environment by its id; called for every request
     */
    public record Parts(
            Function<UUID, Optional<EnvironmentView>> environments,
            VerificationService verifications,
            Captchas captchas,
            Users users,
            Tokens tokens,
            ClientAddresses addresses,
            InstantSource clock) {}

    public DynamicApi(Parts parts, RequestMetrics metrics) {
        DynamicErrors errors = new DynamicErrors(parts.clock());
        Door door = new Door(
                parts.environments(),
                parts.addresses(),
                new RateLimits(parts.clock()),
                parts.tokens(),
                errors,
                parts.clock());
        Cors cors = new Cors(request -> door.find(request).map(EnvironmentView::environment));
        List<Route> routes = Stream.of(
                        post(cors, "create", Cors.HEADERS, send(false, door, errors, parts)),
                        post(cors, "retry", Cors.HEADERS, send(true, door, errors, parts)),
                        post(cors, "signin", Cors.HEADERS_OF_CHECKS, check(true, door, parts)),
                        post(cors, "verify", Cors.HEADERS_OF_CHECKS, check(false, door, parts)),
                        get(cors, "/.well-known/jwks", "jwks", request -> keys(door, parts.clock(), request)),
                        get(cors, "/.well-known/jwks.json", "jwks", request -> keys(door, parts.clock(), request)),
                        get(
                                cors,
                                "/captcha/challenge",
                                "challenge",
                                request -> challenge(door, parts.captchas(), request)))
                .flatMap(List::stream)
                .toList();
        service = new ContractService(routes, errors, metrics, cors::finish);
    }

    /** Adds the API to a port's contracts. */
    public Contracts register(Contracts contracts) {
        return contracts.with(PREFIX, service);
    }

    private static SendEndpoint send(boolean isRetry, Door door, DynamicErrors errors, Parts parts) {
        return new SendEndpoint(isRetry, door, parts.captchas(), parts.verifications(), errors);
    }

    private static CheckEndpoint check(boolean isSignIn, Door door, Parts parts) {
        return new CheckEndpoint(isSignIn, door, parts.verifications(), parts.users(), parts.tokens());
    }

    private static List<Route> post(Cors cors, String operation, String headers, Endpoint endpoint) {
        return routes(cors, Method.POST, "/smsVerifications/" + operation, "sms_" + operation, headers, endpoint);
    }

    private static List<Route> get(Cors cors, String path, String name, Endpoint endpoint) {
        return routes(cors, Method.GET, path, name, Cors.HEADERS, endpoint);
    }

    /** The operation and its preflight, which allows these headers. */
    private static List<Route> routes(
            Cors cors, Method method, String path, String name, String headers, Endpoint endpoint) {
        String full = PREFIX + "/{}" + path;
        return List.of(
                new Route(method, full, name, endpoint),
                new Route(
                        Method.OPTIONS,
                        full,
                        "preflight",
                        request -> cors.preflight(request, method.text() + ", OPTIONS", headers)));
    }

    private static Answer keys(Door door, InstantSource clock, ApiRequest request) {
        Visit visit = door.enter(request, Purpose.ANY);
        return Answer.json(200, "ok", SigningKeys.published(visit.environment().liveKeys(clock.instant())));
    }

    private static Answer challenge(Door door, Captchas captchas, ApiRequest request) {
        Visit visit = door.enter(request, Purpose.ANY);
        CaptchaSettings captcha = visit.environment()
                .captcha()
                .filter(settings -> settings.provider() == CaptchaProvider.ALTCHA)
                .orElseThrow(DynamicErrors::notFound);
        Altcha.Challenge challenge = captchas.challenge(captcha);
        byte[] body = Json.object(json -> {
            json.writeStringField("algorithm", challenge.algorithm());
            json.writeStringField("challenge", challenge.challenge());
            json.writeNumberField("maxnumber", challenge.maxnumber());
            json.writeStringField("salt", challenge.salt());
            json.writeStringField("signature", challenge.signature());
        });
        return Answer.json(200, "ok", body);
    }
}
