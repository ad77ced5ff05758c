// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ContractService;
import dev.carillon.server.api.Contracts;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.ErrorShape;
import dev.carillon.server.api.LoadShedder;
import dev.carillon.server.api.RequestMetrics;
import dev.carillon.server.api.Route;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.lookup.Lookup;
import dev.carillon.server.verify.VerificationService;
import io.helidon.http.Method;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The Ding v1 API under {@code /v1}. Thread-safe.
 *
 * <pre>{@code
 * DingApi ding = new DingApi(directory::authenticate, verifications, lookup, clock, publicUrl, callbackRule, metrics);
 * Listener.start(new Listener.Settings(host, port), ding.contracts(), ding.errors(), metrics);
 * }</pre>
 */
public final class DingApi {
    private static final String PREFIX = "/v1";

    private final DingErrors errors;
    private final ContractService service;
    private final ContractService rest;
    private final LoadShedder shedder;

    /**
     * Puts the API together.
     *
     * @param authenticate finds the account of an API key; called for every request
     * @param clock for {@code Retry-After}
     * @param publicUrl where clients reach this server, such as {@code https://verify.example.com}, for the links in errors; without it
     *     they are relative ({@code /v1/docs#bad_request})
     * @param callbackRule what is wrong with a {@code callback_url}, to be read after its name; empty when nothing is
     */
    public DingApi(
            Function<String, Optional<AccountView>> authenticate,
            VerificationService verifications,
            Lookup lookup,
            Clock clock,
            Optional<String> publicUrl,
            Function<String, Optional<String>> callbackRule,
            RequestMetrics metrics) {
        errors = DingErrors.under(publicUrl);
        Door door = new Door(authenticate, errors);
        Documents documents = new Documents();
        Route create = post(
                "/authentication",
                "create",
                new CreateEndpoint(door, verifications, new CreateRules(errors, callbackRule), errors, clock));
        List<Route> routes = List.of(
                create,
                post("/check", "check", new CheckEndpoint(door, verifications, errors)),
                post("/retry", "retry", new RetryEndpoint(door, verifications, errors, clock)),
                post("/authentication/feedback", "feedback", new FeedbackEndpoint(door, verifications, errors)),
                get("/authentication/{}", "status", new StatusEndpoint(door, verifications)),
                get("/lookup/{}", "lookup", new LookupEndpoint(door, lookup)),
                get("/openapi.yaml", "openapi", request -> Answer.document("application/yaml", documents.openApi())),
                get("/docs", "docs", request -> documents.page()));
        service = new ContractService(routes, errors, metrics);
        rest = new ContractService(List.of(), errors, metrics);
        shedder = new LoadShedder(
                create,
                verifications::isBusy,
                key -> authenticate
                        .apply(key)
                        .filter(caller -> isRefused(caller, verifications))
                        .isPresent(),
                ContractService.overloaded(errors),
                metrics);
    }

    /** The API, and 404 for all that is no other contract's. */
    public Contracts contracts() {
        return new Contracts(rest).with(PREFIX, service).shedding(shedder);
    }

    private static boolean isRefused(AccountView caller, VerificationService verifications) {
        try {
            verifications.admit(caller);
            return false;
        } catch (OverloadedException e) {
            return true;
        }
    }

    /** How Ding words errors, for the listener. */
    public ErrorShape errors() {
        return errors;
    }

    private static Route post(String path, String name, Endpoint endpoint) {
        return new Route(Method.POST, PREFIX + path, name, endpoint);
    }

    private static Route get(String path, String name, Endpoint endpoint) {
        return new Route(Method.GET, PREFIX + path, name, endpoint);
    }
}
