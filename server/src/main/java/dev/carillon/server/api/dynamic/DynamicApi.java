// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.dynamic;

import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.ClientAddresses;
import dev.carillon.server.api.ContractService;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.api.RequestMetrics;
import dev.carillon.server.api.Route;
import dev.carillon.server.api.dynamic.Door.Visit;
import dev.carillon.server.api.dynamic.RateLimits.Purpose;
import dev.carillon.server.captcha.Altcha;
import dev.carillon.server.captcha.Captchas;
import dev.carillon.server.directory.CaptchaSettings;
import dev.carillon.server.directory.CaptchaSettings.Provider;
import dev.carillon.server.directory.EnvironmentView;
import dev.carillon.server.user.SigningKeys;
import dev.carillon.server.user.Tokens;
import dev.carillon.server.user.Users;
import dev.carillon.server.verify.VerificationService;
import io.helidon.http.Method;
import io.helidon.webserver.http.HttpRouting;
import java.time.Clock;
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
            Clock clock) {}

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
                        post(
                                cors,
                                "create",
                                new SendEndpoint(false, door, parts.captchas(), parts.verifications(), errors)),
                        post(
                                cors,
                                "retry",
                                new SendEndpoint(true, door, parts.captchas(), parts.verifications(), errors)),
                        post(cors, "signin", check(true, door, parts)),
                        post(cors, "verify", check(false, door, parts)),
                        get(cors, "/.well-known/jwks", "jwks", request -> keys(door, request)),
                        get(cors, "/.well-known/jwks.json", "jwks", request -> keys(door, request)),
                        get(
                                cors,
                                "/captcha/challenge",
                                "challenge",
                                request -> challenge(door, parts.captchas(), request)))
                .flatMap(List::stream)
                .toList();
        service = new ContractService(routes, errors, metrics, cors::finish);
    }

    /** Adds the API to a server's routing. */
    public HttpRouting.Builder register(HttpRouting.Builder routing) {
        return routing.register(PREFIX, service);
    }

    private static CheckEndpoint check(boolean isSignIn, Door door, Parts parts) {
        return new CheckEndpoint(isSignIn, door, parts.verifications(), parts.users(), parts.tokens());
    }

    private static List<Route> post(Cors cors, String operation, Endpoint endpoint) {
        return routes(cors, Method.POST, "/smsVerifications/" + operation, "sms_" + operation, endpoint);
    }

    private static List<Route> get(Cors cors, String path, String name, Endpoint endpoint) {
        return routes(cors, Method.GET, path, name, endpoint);
    }

    /** The operation and its preflight. */
    private static List<Route> routes(Cors cors, Method method, String path, String name, Endpoint endpoint) {
        String full = PREFIX + "/{}" + path;
        return List.of(
                new Route(method, full, name, endpoint),
                new Route(
                        Method.OPTIONS,
                        full,
                        "preflight",
                        request -> cors.preflight(request, method.text() + ", OPTIONS")));
    }

    private static Answer keys(Door door, ApiRequest request) {
        Visit visit = door.enter(request, Purpose.ANY);
        return Answer.json(200, "ok", SigningKeys.published(visit.environment()));
    }

    private static Answer challenge(Door door, Captchas captchas, ApiRequest request) {
        Visit visit = door.enter(request, Purpose.ANY);
        CaptchaSettings captcha = visit.environment()
                .captcha()
                .filter(settings -> settings.provider() == Provider.ALTCHA)
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
