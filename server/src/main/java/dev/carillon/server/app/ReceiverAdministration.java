// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.cli.Administration.WebhookInfo;
import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.config.Secret;
import dev.carillon.server.directory.AccountWebhook;
import dev.carillon.server.directory.MessageAdmin;
import dev.carillon.server.secret.Keyring;
import dev.carillon.server.webhook.SigningSecret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What the command line does to an account's webhook: to whom events are told, and with what secret. */
final class ReceiverAdministration {
    private final MessageAdmin messages;
    private final Keyring keyring;

    ReceiverAdministration(MessageAdmin messages, Keyring keyring) {
        this.messages = messages;
        this.keyring = keyring;
    }

    WebhookInfo show(UUID account) {
        return info(account, messages.webhook(account));
    }

    WebhookInfo setCallbackUrl(UUID account, Optional<String> url) {
        return change(account, before -> before.withCallbackUrl(url));
    }

    WebhookInfo putEndpoint(UUID account, Optional<UUID> endpoint, String url) {
        UUID id = endpoint.orElseGet(UUID::randomUUID);
        return change(account, before -> {
            if (endpoint.isPresent() && before.endpoint(id).isEmpty()) {
                throw new AdministrationException("the account has no endpoint " + id);
            }
            return before.withEndpoint(new AccountWebhook.Endpoint(id, url));
        });
    }

    /** False when there is no such endpoint. */
    boolean removeEndpoint(UUID account, UUID endpoint) {
        boolean known = show(account).endpoints().containsKey(endpoint);
        WebhookInfo _ = change(account, before -> before.withoutEndpoint(endpoint));
        return known;
    }

    WebhookInfo rotateSecret(UUID account) {
        return change(account, AccountWebhook::withNextSecret);
    }

    private WebhookInfo change(UUID account, UnaryOperator<AccountWebhook> change) {
        return info(account, messages.updateWebhook(account, change));
    }

    private WebhookInfo info(UUID account, AccountWebhook webhook) {
        Map<UUID, String> endpoints = new LinkedHashMap<>();
        webhook.endpoints().forEach(endpoint -> endpoints.put(endpoint.id(), endpoint.url()));
        return new WebhookInfo(
                webhook.callbackUrl(),
                endpoints,
                SigningSecret.live(keyring, account, webhook.secret()).stream()
                        .map(secret -> new Secret(secret.text()))
                        .toList());
    }
}
