// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.Policy;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.server.config.Secret;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.SigningKey;
import dev.carillon.server.directory.TokenAlgorithm;
import dev.carillon.server.webhook.Letter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A store in memory, to see what commands do with one. */
final class MemoryAdministration implements Administration {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    final Map<UUID, Account> accounts = new LinkedHashMap<>();
    final Map<UUID, Map<UUID, ApiKey>> keys = new LinkedHashMap<>();
    final Map<String, TestNumber> testNumbers = new LinkedHashMap<>();
    final List<String> blocks = new ArrayList<>();
    final Map<String, AccountSender> senders = new TreeMap<>();
    final Map<String, AccountTemplate> templates = new TreeMap<>();
    final Map<UUID, Environment> environments = new LinkedHashMap<>();
    private final Map<UUID, UUID> owners = new LinkedHashMap<>();
    final List<TemplateMode> modes = new ArrayList<>();
    List<String> warnings = List.of();
    final List<Letter> letters = new ArrayList<>();
    final List<ToldEvent> events = new ArrayList<>();
    final Map<UUID, String> endpoints = new LinkedHashMap<>();
    final List<Optional<UUID>> replayed = new ArrayList<>();
    Optional<String> callbackUrl = Optional.empty();
    int webhookSecret = 1;
    final List<Secret> masterSecrets = new ArrayList<>();
    int opened;
    int closed;
    private int ids;

    UUID nextId() {
        return new UUID(0x4000, 0x8000_0000_0000_0000L + ++ids);
    }

    private Account put(Account account) {
        accounts.put(account.id(), account);
        return account;
    }

    @Override
    public NewAccount createAccount(String name) {
        Account account = put(new Account(nextId(), name, false, Policy.STANDARD, NOW));
        return new NewAccount(account, createKey(account.id()));
    }

    @Override
    public List<Account> accounts() {
        return List.copyOf(accounts.values());
    }

    @Override
    public Account account(UUID id) {
        Account account = accounts.get(id);
        if (account == null) {
            throw new AdministrationException("there is no account " + id);
        }
        return account;
    }

    private Account suspended(UUID id, boolean suspended) {
        return update(
                id,
                account -> new Account(account.id(), account.name(), suspended, account.policy(), account.createdAt()));
    }

    @Override
    public Account suspend(UUID id) {
        return suspended(id, true);
    }

    @Override
    public Account resume(UUID id) {
        return suspended(id, false);
    }

    @Override
    public Account update(UUID id, UnaryOperator<Account> change) {
        return put(change.apply(account(id)));
    }

    @Override
    public NewKey createKey(UUID account) {
        UUID id = nextId();
        keys.computeIfAbsent(account(account).id(), any -> new LinkedHashMap<>())
                .put(id, new ApiKey(id, NOW));
        return new NewKey(id, new Secret("key-" + ids));
    }

    @Override
    public List<ApiKey> keys(UUID account) {
        return List.copyOf(keys.getOrDefault(account(account).id(), Map.of()).values());
    }

    @Override
    public boolean revokeKey(UUID account, UUID key) {
        return keys.getOrDefault(account(account).id(), new LinkedHashMap<>()).remove(key) != null;
    }

    @Override
    public void addTestNumber(UUID account, TestNumber number) {
        testNumbers.put(account(account).id() + number.e164(), number);
    }

    @Override
    public List<TestNumber> testNumbers(UUID account) {
        return List.copyOf(testNumbers.values());
    }

    @Override
    public boolean removeTestNumber(UUID account, String e164) {
        return testNumbers.remove(account + e164) != null;
    }

    @Override
    public void addBlock(UUID account, String pattern) {
        blocks.add(pattern);
    }

    @Override
    public List<String> blocks(UUID account) {
        return List.copyOf(blocks);
    }

    @Override
    public boolean removeBlock(UUID account, String pattern) {
        return blocks.remove(pattern);
    }

    @Override
    public void putSenders(UUID account, List<AccountSender> added) {
        UUID owner = account(account).id();
        added.forEach(sender -> senders.put(owner + sender.id(), sender));
    }

    @Override
    public List<AccountSender> senders(UUID account) {
        return List.copyOf(senders.values());
    }

    @Override
    public boolean removeSender(UUID account, String sender) {
        return senders.remove(account + sender) != null;
    }

    @Override
    public List<String> putTemplates(UUID account, List<AccountTemplate> added, TemplateMode mode) {
        modes.add(mode);
        UUID owner = account(account).id();
        added.forEach(template -> templates.put(owner + template.id(), template));
        return warnings;
    }

    @Override
    public List<AccountTemplate> templates(UUID account) {
        return List.copyOf(templates.values());
    }

    @Override
    public boolean removeTemplate(UUID account, String id) {
        return templates.remove(account + id) != null;
    }

    @Override
    public Environment createEnvironment(
            UUID account, String name, TokenAlgorithm algorithm, UnaryOperator<Environment> change) {
        Environment made = change.apply(new Environment(
                nextId(),
                name,
                Set.of(),
                Optional.empty(),
                Environment.STANDARD_LIFETIME,
                Optional.empty(),
                true,
                List.of(new SigningKey("first", algorithm, "{}", NOW))));
        owners.put(made.id(), account(account).id());
        environments.put(made.id(), made);
        return made;
    }

    @Override
    public List<Environment> environments(UUID account) {
        return environments.values().stream()
                .filter(environment -> account.equals(owners.get(environment.id())))
                .toList();
    }

    @Override
    public Environment updateEnvironment(
            UUID id, Optional<TokenAlgorithm> algorithm, UnaryOperator<Environment> change) {
        return changeEnvironment(id, before -> {
            Environment after = change.apply(before);
            return algorithm
                    .filter(wanted -> wanted != after.algorithm())
                    .map(wanted -> after.with(new SigningKey("changed", wanted, "{}", NOW), NOW))
                    .orElse(after);
        });
    }

    private Environment changeEnvironment(UUID id, UnaryOperator<Environment> change) {
        Environment before = environments.get(id);
        if (before == null) {
            throw new AdministrationException("there is no environment " + id);
        }
        Environment after = change.apply(before);
        environments.put(id, after);
        return after;
    }

    @Override
    public Environment rotateEnvironmentKey(UUID id, boolean alone) {
        return changeEnvironment(id, before -> {
            SigningKey next = new SigningKey("next", before.algorithm(), "{}", NOW);
            return alone ? before.withKeys(List.of(next)) : before.with(next, NOW);
        });
    }

    @Override
    public WebhookInfo webhook(UUID account) {
        List<Secret> secrets = IntStream.of(webhookSecret, webhookSecret - 1)
                .filter(number -> number > 0)
                .mapToObj(number -> new Secret("whsec_" + number))
                .toList();
        return new WebhookInfo(callbackUrl, endpoints, secrets);
    }

    @Override
    public WebhookInfo setCallbackUrl(UUID account, Optional<String> url) {
        callbackUrl = url;
        return webhook(account(account).id());
    }

    @Override
    public WebhookInfo putEndpoint(UUID account, Optional<UUID> endpoint, String url) {
        endpoints.put(endpoint.orElseGet(this::nextId), url);
        return webhook(account(account).id());
    }

    @Override
    public boolean removeEndpoint(UUID account, UUID endpoint) {
        return endpoints.remove(endpoint) != null;
    }

    @Override
    public WebhookInfo rotateWebhookSecret(UUID account) {
        webhookSecret++;
        return webhook(account(account).id());
    }

    @Override
    public List<Letter> undelivered(UUID account, boolean dead) {
        return letters.stream()
                .filter(letter -> !dead || letter.dueAt().isEmpty())
                .toList();
    }

    @Override
    public List<ToldEvent> events(UUID verification) {
        return List.copyOf(events);
    }

    @Override
    public int replay(UUID account, Optional<UUID> verification) {
        replayed.add(verification);
        return verification.isPresent() ? 1 : letters.size();
    }

    @Override
    public Accounting accounting() {
        throw new UnsupportedOperationException("there are no books here");
    }

    @Override
    public List<Removed> erase(String e164) {
        return List.of(new Removed("verifications", 2), new Removed("messages", 3));
    }

    @Override
    public String rotateSecrets() {
        return "g2";
    }

    @Override
    public void rewrapSecrets(Secret newMasterSecret) {
        masterSecrets.add(newMasterSecret);
    }

    @Override
    public void close() {
        closed++;
    }
}
