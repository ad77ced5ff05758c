// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Policy;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateText;
import dev.carillon.core.message.TemplateVariant;
import dev.carillon.server.cli.Administration;
import dev.carillon.server.cli.Administration.TemplateMode;
import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.config.ConfigLoader;
import dev.carillon.server.config.Secret;
import dev.carillon.server.directory.AccountWebhook;
import dev.carillon.server.directory.PolicyJson;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAdministrationTest {
    @TempDir
    Path folder;

    private Administration open() {
        return StoreAdministration.open(
                ConfigLoader.load(Map.of("data", folder.toString()), Optional.empty(), Map.of()));
    }

    @Test
    void theSendersOfThePolicyAreAmongTheOthers() {
        try (Administration administration = open()) {
            UUID account = administration.createAccount("Acme").account().id();
            // "not valid" can be in old policies; no request can name it.
            Policy policy = PolicyJson.read("{\"senders\": [\"Acme\", \"not a valid sender\"]}");
            administration.update(
                    account, before -> new Account(before.id(), before.name(), false, policy, before.createdAt()));
            administration.putSenders(account, List.of(new AccountSender("Acme-DE", Countries.parse("DE"))));

            assertThat(administration.senders(account))
                    .containsExactly(
                            new AccountSender("Acme", Countries.ALL),
                            new AccountSender("Acme-DE", Countries.parse("DE")));
            assertThat(administration.removeSender(account, "Acme-DE")).isTrue();
            assertThat(administration.removeSender(account, "Acme-DE")).isFalse();
            assertThatThrownBy(() -> administration.removeSender(account, "Acme"))
                    .isInstanceOf(AdministrationException.class)
                    .hasMessage("Acme is good everywhere by the account's policy: see account set --senders");
        }
    }

    @Test
    void templatesOutliveTheCommand() {
        AccountTemplate template = new AccountTemplate(
                "login",
                "de",
                TemplateVariant.of(Map.of("de", TemplateText.of("{{code}} ist dein Code"))),
                new TreeMap<>());
        UUID account;
        try (Administration administration = open()) {
            account = administration.createAccount("Acme").account().id();
            assertThat(administration.putTemplates(account, List.of(template), TemplateMode.ADD))
                    .isEmpty();
            assertThatThrownBy(() -> administration.putTemplates(account, List.of(template), TemplateMode.ADD))
                    .isInstanceOf(AdministrationException.class)
                    .hasMessage("there is a template login already");
        }
        try (Administration administration = open()) {
            assertThat(administration.templates(account)).containsExactly(template);
            assertThat(administration.removeTemplate(account, "login")).isTrue();
            assertThat(administration.templates(account)).isEmpty();
        }
    }

    @Test
    void webhooksOutliveTheCommandAndTheirSecretsRotate() {
        UUID account;
        UUID endpoint;
        List<String> first;
        try (Administration administration = open()) {
            account = administration.createAccount("Acme").account().id();
            first = secrets(administration, account);
            assertThat(first).hasSize(1).allMatch(secret -> secret.matches("whsec_[A-Za-z0-9+/]{43}="));
            administration.setCallbackUrl(account, Optional.of("https://example.com/hook"));
            administration.putEndpoint(account, Optional.empty(), "https://a.example/");
            endpoint = administration
                    .webhook(account)
                    .endpoints()
                    .keySet()
                    .iterator()
                    .next();
            administration.putEndpoint(account, Optional.of(endpoint), "https://b.example/");
            assertThatThrownBy(() -> administration.putEndpoint(account, Optional.of(account), "https://c.example/"))
                    .isInstanceOf(AdministrationException.class)
                    .hasMessage("the account has no endpoint " + account);
            administration.rotateWebhookSecret(account);
        }
        try (Administration administration = open()) {
            assertThat(administration.webhook(account).callbackUrl()).contains("https://example.com/hook");
            assertThat(administration.webhook(account).endpoints())
                    .containsExactly(Map.entry(endpoint, "https://b.example/"));
            List<String> second = secrets(administration, account);
            assertThat(second).hasSize(2).endsWith(first.getFirst()).doesNotHaveDuplicates();
            administration.rotateWebhookSecret(account);
            // Two are live, and the first is worth nothing any more.
            assertThat(secrets(administration, account))
                    .hasSize(2)
                    .contains(second.getFirst())
                    .doesNotContain(first.getFirst());

            for (int i = 1; i < AccountWebhook.MAX_ENDPOINTS; i++) {
                administration.putEndpoint(account, Optional.empty(), "https://a.example/");
            }
            assertThatThrownBy(() -> administration.putEndpoint(account, Optional.empty(), "https://a.example/"))
                    .isInstanceOf(AdministrationException.class)
                    .hasMessage("an account has at most 8 endpoints");
            assertThat(administration.removeEndpoint(account, endpoint)).isTrue();
            assertThat(administration.removeEndpoint(account, endpoint)).isFalse();
            assertThat(administration.undelivered(account, false)).isEmpty();
            assertThat(administration.replay(account, Optional.empty())).isZero();
            assertThatThrownBy(() -> administration.replay(account, Optional.of(endpoint)))
                    .isInstanceOf(AdministrationException.class)
                    .hasMessage("the account has no verification " + endpoint);
        }
    }

    private static List<String> secrets(Administration administration, UUID account) {
        return administration.webhook(account).secrets().stream()
                .map(Secret::value)
                .toList();
    }
}
