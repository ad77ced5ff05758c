// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Policy;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.TemplateRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What an operator does to an account's senders, templates and webhook. The rules of {@link DirectoryAdmin} hold here as well; each call is
 * one transaction.
 */
public final class MessageAdmin {
    private final DirectoryAdmin directory;
    private final ListCodec codec;

    MessageAdmin(DirectoryAdmin directory, ListCodec codec) {
        this.directory = directory;
        this.codec = codec;
    }

    /** Whether templates may be there already. */
    public enum Mode {
        ADD,
        UPDATE,
        ADD_OR_UPDATE
    }

    /** Adds senders, or replaces what was said of them. */
    public void putSenders(UUID account, Collection<AccountSender> senders) {
        directory.change(connection -> {
            DirectoryAdmin.find(connection, account);
            int changed = 0;
            for (AccountSender sender : senders) {
                changed += directory.put(connection, codec.entry(account, sender));
            }
            return changed;
        });
    }

    /** Those that were added here, in order of the alphabet; the policy's own are not among them. */
    public List<AccountSender> senders(UUID account) {
        return directory.entries(account, ListKind.SENDER).stream()
                .map(codec::sender)
                .sorted(Comparator.comparing(AccountSender::id))
                .toList();
    }

    /** False when it was not there. */
    public boolean removeSender(UUID account, String id) {
        return remove(account, ListKind.SENDER, id);
    }

    /**
     * Saves templates, all or none.
     *
     * @return what had better be otherwise, each beginning with the template's id
     * @throws DirectoryException also when one is not fit to be sent
     */
    public List<String> putTemplates(UUID account, Collection<AccountTemplate> templates, Mode mode) {
        return directory.change(connection -> {
            Account owner = DirectoryAdmin.account(DirectoryAdmin.find(connection, account));
            List<String> known = DirectoryAdmin.read(connection, account, ListKind.TEMPLATE).stream()
                    .map(entry -> codec.template(entry).id())
                    .toList();
            List<String> warnings = new ArrayList<>();
            for (AccountTemplate template : templates) {
                refusal(template.id(), known, mode).ifPresent(why -> {
                    throw new DirectoryException(why);
                });
                TemplateRules.Findings findings = check(template, owner.policy());
                if (!findings.errors().isEmpty()) {
                    throw new DirectoryException(
                            "the template " + template.id() + " is not fit: " + String.join("; ", findings.errors()));
                }
                findings.warnings().forEach(warning -> warnings.add(template.id() + ": " + warning));
                int _ = directory.put(connection, codec.entry(account, template));
            }
            return warnings;
        });
    }

    private static Optional<String> refusal(String id, List<String> known, Mode mode) {
        return switch (mode) {
            case ADD -> Optional.of("there is a template " + id + " already").filter(_ -> known.contains(id));
            case UPDATE -> Optional.of("there is no template " + id).filter(_ -> !known.contains(id));
            case ADD_OR_UPDATE -> Optional.empty();
        };
    }

    /** In order of their ids. */
    public List<AccountTemplate> templates(UUID account) {
        return directory.entries(account, ListKind.TEMPLATE).stream()
                .map(codec::template)
                .sorted(Comparator.comparing(AccountTemplate::id))
                .toList();
    }

    /** False when it was not there. Messages of open windows that named it get the texts that come with Carillon. */
    public boolean removeTemplate(UUID account, String id) {
        return remove(account, ListKind.TEMPLATE, id);
    }

    /** Where the account is told of events. */
    public AccountWebhook webhook(UUID account) {
        return webhook(directory.entries(account, ListKind.WEBHOOK));
    }

    /** Changes where the account is told of events; {@code change} may be called more than once. */
    public AccountWebhook updateWebhook(UUID account, UnaryOperator<AccountWebhook> change) {
        return directory.change(connection -> {
            DirectoryAdmin.find(connection, account);
            AccountWebhook changed = change.apply(webhook(DirectoryAdmin.read(connection, account, ListKind.WEBHOOK)));
            int _ = directory.put(connection, codec.entry(account, changed));
            return changed;
        });
    }

    private AccountWebhook webhook(List<ListCodec.Entry> entries) {
        return entries.stream().map(codec::webhook).findFirst().orElse(AccountWebhook.STANDARD);
    }

    private boolean remove(UUID account, ListKind kind, String id) {
        return directory.change(connection -> {
            DirectoryAdmin.find(connection, account);
            return directory.delete(connection, account, kind, id) > 0;
        });
    }

    static TemplateRules.Findings check(AccountTemplate template, Policy policy) {
        return TemplateRules.check(
                template, new TemplateRules.Setting(policy.brand(), policy.codeLength(), policy.originDomain()));
    }
}
