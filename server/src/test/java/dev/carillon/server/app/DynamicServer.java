// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.core.account.Account;
import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.directory.CaptchaSettings;
import dev.carillon.server.directory.CaptchaSettings.Provider;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.PolicyJson;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The whole server on free ports, with one account and its environments; it believes X-Forwarded-For from this machine. */
final class DynamicServer implements AutoCloseable {
    static final String ORIGIN = "https://app.example.com";
    static final String SANDBOX_CODE = "424242";

    final UUID account;
    final UUID environment;
    /** Requires ALTCHA, and has no sandbox. */
    final UUID guarded;

    private final ServerConfig config;
    private final CarillonServer server;

    DynamicServer(Path folder) {
        config = ConfigLoader.load(
                Map.of("data", folder.toString(), "port", "0", "admin-port", "0", "trusted-proxies", "127.0.0.0/8"),
                Optional.empty(),
                Map.of());
        try (StoreAdministration administration = StoreAdministration.open(config)) {
            account = administration.createAccount("Acme").account().id();
            administration.update(
                    account,
                    before -> new Account(
                            before.id(),
                            before.name(),
                            false,
                            PolicyJson.read("{\"retry-after\":\"1s\"}"),
                            before.createdAt()));
            environment = administration
                    .createEnvironment(
                            account, "app", standard -> with(standard, Set.of(ORIGIN), Optional.of(SANDBOX_CODE)))
                    .id();
            guarded = administration
                    .createEnvironment(account, "guarded", standard -> with(standard, Set.of(), Optional.empty()))
                    .id();
            administration.updateEnvironment(
                    guarded,
                    before -> new Environment(
                            before.id(),
                            before.name(),
                            before.origins(),
                            Optional.of(new CaptchaSettings(Provider.ALTCHA, "", "secret", Optional.empty())),
                            before.tokenLifetime(),
                            before.sandboxCode(),
                            before.enabled(),
                            before.keys()));
        }
        server = CarillonServer.start(config);
    }

    URI api() {
        return server.address();
    }

    URI admin() {
        return server.adminAddress();
    }

    /** An operator's command; when this returns, the server acts on it. */
    void change(UnaryOperator<Environment> change) {
        try (StoreAdministration administration = StoreAdministration.open(config)) {
            administration.updateEnvironment(environment, change);
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

    @Override
    public void close() {
        server.close();
    }
}
