// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.SenderId;
import dev.carillon.server.cli.Accounting;
import dev.carillon.server.cli.Administration;
import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.config.Secret;
import dev.carillon.server.config.ServerConfig;
import dev.carillon.server.directory.BlockPattern;
import dev.carillon.server.directory.DirectoryAdmin;
import dev.carillon.server.directory.DirectoryAdmin.CreatedAccount;
import dev.carillon.server.directory.DirectoryAdmin.CreatedKey;
import dev.carillon.server.directory.DirectoryAdmin.ErasedEntry;
import dev.carillon.server.directory.DirectoryException;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.KeyInfo;
import dev.carillon.server.directory.ListKind;
import dev.carillon.server.directory.MessageAdmin;
import dev.carillon.server.directory.TokenAlgorithm;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.LedgerMetrics;
import dev.carillon.server.ledger.NumberReader;
import dev.carillon.server.ledger.StoreException;
import dev.carillon.server.lookup.paid.StoredAnswers;
import dev.carillon.server.secret.MasterSecret;
import dev.carillon.server.secret.SecretException;
import dev.carillon.server.user.Users;
import dev.carillon.server.verify.NumberEraser;
import dev.carillon.server.webhook.Letter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What the command line does to a store, with or without servers on it. */
final class StoreAdministration implements Administration {
    private final OpenStore store;
    private final DirectoryAdmin directory;
    private final Clock clock;
    private final EnvironmentAdministration environments;
    private final ReceiverAdministration receivers;
    private final LetterAdministration letters;
    private boolean changed;

    private StoreAdministration(OpenStore store, Clock clock) {
        this.store = store;
        this.directory = new DirectoryAdmin(store.database(), store.keyring(), clock);
        this.clock = clock;
        this.environments = new EnvironmentAdministration(directory.environments(), clock);
        this.receivers = new ReceiverAdministration(directory.messages(), store.keyring());
        this.letters = new LetterAdministration(store, clock);
    }

    static StoreAdministration open(ServerConfig config) {
        Clock clock = Clock.systemUTC();
        return new StoreAdministration(OpenStore.open(config, clock), clock);
    }

    @Override
    public NewAccount createAccount(String name) {
        return change(() -> {
            CreatedAccount created = directory.create(name);
            KeyInfo key = directory.keys(created.account().id()).getFirst();
            return new NewAccount(
                    created.account(),
                    new NewKey(key.id(), new Secret(created.key().text())));
        });
    }

    @Override
    public List<Account> accounts() {
        return explained(directory::list);
    }

    @Override
    public Account account(UUID id) {
        return explained(() -> directory.show(id));
    }

    @Override
    public Account suspend(UUID id) {
        return change(() -> {
            directory.suspend(id);
            return directory.show(id);
        });
    }

    @Override
    public Account resume(UUID id) {
        return change(() -> {
            directory.resume(id);
            return directory.show(id);
        });
    }

    @Override
    public Account update(UUID id, UnaryOperator<Account> change) {
        return change(() -> directory.update(id, change));
    }

    @Override
    public NewKey createKey(UUID account) {
        return change(() -> {
            CreatedKey created = directory.createKey(account, Optional.empty());
            return new NewKey(created.info().id(), new Secret(created.key().text()));
        });
    }

    @Override
    public List<ApiKey> keys(UUID account) {
        return explained(() -> directory.keys(account)).stream()
                .filter(key -> key.revokedAt().isEmpty())
                .map(key -> new ApiKey(key.id(), key.createdAt()))
                .toList();
    }

    @Override
    public boolean revokeKey(UUID account, UUID key) {
        return change(() -> {
            boolean own =
                    directory.keys(account).stream().anyMatch(info -> info.id().equals(key));
            if (own) {
                directory.revokeKey(key);
            }
            return own;
        });
    }

    @Override
    public void addTestNumber(UUID account, TestNumber number) {
        change(() -> {
            directory.addTestNumber(account, number);
            return true;
        });
    }

    @Override
    public List<TestNumber> testNumbers(UUID account) {
        return explained(() -> directory.testNumbers(account));
    }

    @Override
    public boolean removeTestNumber(UUID account, String e164) {
        return change(() -> {
            boolean known = directory.testNumbers(account).stream()
                    .anyMatch(number -> number.e164().equals(e164));
            if (known) {
                directory.removeTestNumber(account, e164);
            }
            return known;
        });
    }

    @Override
    public void addBlock(UUID account, String pattern) {
        change(() -> {
            directory.addBlock(account, BlockPattern.parse(pattern));
            return true;
        });
    }

    @Override
    public List<String> blocks(UUID account) {
        return explained(() -> directory.blocks(account)).stream()
                .map(BlockPattern::toString)
                .toList();
    }

    @Override
    public boolean removeBlock(UUID account, String pattern) {
        return change(() -> {
            BlockPattern block = BlockPattern.parse(pattern);
            boolean known = directory.blocks(account).contains(block);
            if (known) {
                directory.removeBlock(account, block);
            }
            return known;
        });
    }

    @Override
    public void putSenders(UUID account, List<AccountSender> senders) {
        change(() -> {
            directory.messages().putSenders(account, senders);
            return true;
        });
    }

    @Override
    public List<AccountSender> senders(UUID account) {
        return explained(() -> {
            Map<String, AccountSender> all = new TreeMap<>();
            directory.messages().senders(account).forEach(sender -> all.put(sender.id(), sender));
            // A policy may hold what is no sender, which no request can name.
            directory.show(account).policy().senders().stream()
                    .filter(SenderId::isValid)
                    .forEach(id -> all.put(id, new AccountSender(id, Countries.ALL)));
            return List.copyOf(all.values());
        });
    }

    @Override
    public boolean removeSender(UUID account, String sender) {
        return change(() -> {
            if (directory.show(account).policy().senders().contains(sender)) {
                throw new AdministrationException(
                        sender + " is good everywhere by the account's policy: see account set --senders");
            }
            return directory.messages().removeSender(account, sender);
        });
    }

    @Override
    public List<String> putTemplates(UUID account, List<AccountTemplate> templates, TemplateMode mode) {
        return change(() -> directory
                .messages()
                .putTemplates(
                        account,
                        templates,
                        switch (mode) {
                            case ADD -> MessageAdmin.Mode.ADD;
                            case UPDATE -> MessageAdmin.Mode.UPDATE;
                            case ADD_OR_UPDATE -> MessageAdmin.Mode.ADD_OR_UPDATE;
                        }));
    }

    @Override
    public List<AccountTemplate> templates(UUID account) {
        return explained(() -> directory.messages().templates(account));
    }

    @Override
    public boolean removeTemplate(UUID account, String id) {
        return change(() -> directory.messages().removeTemplate(account, id));
    }

    @Override
    public Environment createEnvironment(
            UUID account, String name, TokenAlgorithm algorithm, UnaryOperator<Environment> change) {
        return change(() -> environments.create(account, name, algorithm, change));
    }

    @Override
    public List<Environment> environments(UUID account) {
        return explained(() -> environments.list(account));
    }

    @Override
    public Environment updateEnvironment(
            UUID id, Optional<TokenAlgorithm> algorithm, UnaryOperator<Environment> change) {
        return change(() -> environments.update(id, algorithm, change));
    }

    @Override
    public Environment rotateEnvironmentKey(UUID id, boolean alone) {
        return change(() -> environments.rotateKey(id, alone));
    }

    @Override
    public WebhookInfo webhook(UUID account) {
        return explained(() -> receivers.show(account));
    }

    @Override
    public WebhookInfo setCallbackUrl(UUID account, Optional<String> url) {
        return change(() -> receivers.setCallbackUrl(account, url));
    }

    @Override
    public WebhookInfo putEndpoint(UUID account, Optional<UUID> endpoint, String url) {
        return change(() -> receivers.putEndpoint(account, endpoint, url));
    }

    @Override
    public boolean removeEndpoint(UUID account, UUID endpoint) {
        return change(() -> receivers.removeEndpoint(account, endpoint));
    }

    @Override
    public WebhookInfo rotateWebhookSecret(UUID account) {
        return change(() -> receivers.rotateSecret(account));
    }

    @Override
    public List<Letter> undelivered(UUID account, boolean dead) {
        return explained(() -> letters.undelivered(directory.show(account).id(), dead));
    }

    @Override
    public List<ToldEvent> events(UUID verification) {
        return explained(() -> letters.events(verification));
    }

    @Override
    public int replay(UUID account, Optional<UUID> verification) {
        UUID known = account(account).id();
        return explained(
                () -> verification.map(id -> letters.replay(known, id)).orElseGet(() -> letters.replayDead(known)));
    }

    @Override
    public Accounting accounting() {
        return new StoreAccounting(directory, store.database().store(), clock, () -> changed = true);
    }

    /** The lists first: what is left must not tell what the number was blocked or scripted for. */
    @Override
    public List<Removed> erase(String e164) {
        return change(() -> {
            List<ErasedEntry> entries = directory.eraseNumber(e164);
            List<Removed> removed = new ArrayList<>();
            removed.add(new Removed("verifications", verificationsErased(e164)));
            removed.add(new Removed("test numbers", count(entries, ListKind.TEST_NUMBER)));
            removed.add(new Removed("block-list entries", count(entries, ListKind.BLOCK)));
            removed.add(new Removed("users", usersErased(e164)));
            return removed;
        });
    }

    private long verificationsErased(String e164) {
        try (Ledger ledger = new Ledger(store.database().store(), clock, outgoing -> {}, LedgerMetrics.NONE)) {
            NumberEraser eraser = new NumberEraser(ledger, store.keyring());
            StoredAnswers answers =
                    new StoredAnswers(ledger, new NumberReader(store.database().store()), store.keyring());
            List<Account> accounts = directory.list();
            accounts.forEach(account -> answers.forget(account.id(), e164));
            return accounts.stream()
                    .mapToLong(account -> eraser.erase(account.id(), e164))
                    .sum();
        }
    }

    private long usersErased(String e164) {
        return new Users(store.database(), store.keyring(), clock)
                .erase(directory.environments().ids(), e164);
    }

    private static long count(List<ErasedEntry> entries, ListKind kind) {
        return entries.stream().filter(entry -> entry.kind() == kind).count();
    }

    @Override
    public String rotateSecrets() {
        return explained(() -> Integer.toString(store.keyring().rotate()));
    }

    @Override
    public void rewrapSecrets(Secret newMasterSecret) {
        explained(() -> {
            store.keyring().rewrap(MasterSecret.parse(newMasterSecret.value()));
            return true;
        });
    }

    /** When this returns, every server on the store acts on what was changed. */
    @Override
    public void close() {
        try {
            if (changed) {
                directory.awaitVisible();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            store.close();
        }
    }

    private <T> T change(Supplier<T> work) {
        T done = explained(work);
        changed = true;
        return done;
    }

    private static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (DirectoryException | SecretException | StoreException | IllegalArgumentException e) {
            throw new AdministrationException(String.valueOf(e.getMessage()), e);
        }
    }
}
