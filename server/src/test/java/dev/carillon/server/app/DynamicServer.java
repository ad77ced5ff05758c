// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.core.account.Account;
import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.directory.CaptchaProvider;
import dev.carillon.server.directory.CaptchaSettings;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.PolicyJson;
import dev.carillon.server.directory.TokenAlgorithm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The whole server on free ports, with one account and its environments. */
final class DynamicServer implements AutoCloseable {
    static final String ORIGIN = "https://app.example.com";
    static final String SANDBOX_CODE = "424242";
    static final String CAPTCHA_SECRET = "s&cret";

    final UUID account;
    /** Has a sandbox and the origin. */
    final UUID environment;
    /** Signs with EdDSA, and has a sandbox. */
    final UUID edwards;
    /** Requires ALTCHA, and has no sandbox. */
    final UUID guarded;
    /** Requires Turnstile for an action, and has the origin. */
    final UUID turnstile;
    /** Sends nothing. */
    final UUID closed;

    private final ServerConfig config;
    private final CarillonServer server;

    /** On SQLite, behind a proxy on this machine. */
    DynamicServer(Path folder) {
        this(folder, Map.of("trusted-proxies", "127.0.0.0/8"), call -> {
            throw new AssertionError("no captcha calls anybody in this test");
        });
    }

    DynamicServer(Path folder, Map<String, String> settings, HttpCalls captchaCalls) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(Map.of("data", folder.toString(), "port", "0", "admin-port", "0"));
        config = ConfigLoader.load(all, Optional.empty(), Map.of());
        try (StoreAdministration administration = administration()) {
            account = administration.createAccount("Acme").account().id();
            administration.update(
                    account,
                    before -> new Account(
                            before.id(),
                            before.name(),
                            false,
                            PolicyJson.read("{\"retry-after\":\"1s\"}"),
                            before.createdAt()));
            environment = create(
                    administration,
                    TokenAlgorithm.RS256,
                    before -> with(before, Set.of(ORIGIN), Optional.of(SANDBOX_CODE)));
            edwards = create(
                    administration, TokenAlgorithm.EDDSA, before -> with(before, Set.of(), Optional.of(SANDBOX_CODE)));
            guarded = create(
                    administration,
                    TokenAlgorithm.EDDSA,
                    before -> asking(
                            before, new CaptchaSettings(CaptchaProvider.ALTCHA, "", "secret", Optional.empty())));
            turnstile = create(
                    administration,
                    TokenAlgorithm.EDDSA,
                    before -> with(
                            asking(
                                    before,
                                    new CaptchaSettings(
                                            CaptchaProvider.TURNSTILE, "site", CAPTCHA_SECRET, Optional.of("login"))),
                            Set.of(ORIGIN),
                            Optional.empty()));
            closed = create(administration, TokenAlgorithm.EDDSA, before -> switched(before, false));
        }
        server = CarillonServer.start(config, captchaCalls);
    }

    private UUID create(
            StoreAdministration administration, TokenAlgorithm algorithm, UnaryOperator<Environment> change) {
        return administration
                .createEnvironment(account, "app", algorithm, change)
                .id();
    }

    URI api() {
        return server.address();
    }

    URI admin() {
        return server.adminAddress();
    }

    /** An operator's command; when this returns, the server acts on it. */
    void change(UnaryOperator<Environment> change) {
        try (StoreAdministration administration = administration()) {
            administration.updateEnvironment(environment, Optional.empty(), change);
        }
    }

    StoreAdministration administration() {
        return StoreAdministration.open(config);
    }

    static Environment with(Environment before, Set<String> origins, Optional<String> sandbox) {
        return new Environment(
                before.id(),
                before.name(),
                origins,
                before.captcha(),
                Duration.ofHours(1),
                sandbox,
                before.enabled(),
                before.keys());
    }

    static Environment switched(Environment before, boolean enabled) {
        return new Environment(
                before.id(),
                before.name(),
                before.origins(),
                before.captcha(),
                before.tokenLifetime(),
                before.sandboxCode(),
                enabled,
                before.keys());
    }

    private static Environment asking(Environment before, CaptchaSettings captcha) {
        return new Environment(
                before.id(),
                before.name(),
                before.origins(),
                Optional.of(captcha),
                before.tokenLifetime(),
                before.sandboxCode(),
                before.enabled(),
                before.keys());
    }

    @Override
    public void close() {
        server.close();
    }
}
