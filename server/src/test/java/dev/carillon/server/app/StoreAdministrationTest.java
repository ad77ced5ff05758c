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
}
