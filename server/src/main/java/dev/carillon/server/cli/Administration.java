// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.server.config.Secret;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.directory.TokenAlgorithm;
import dev.carillon.server.webhook.Letter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What an operator may do to a store, whether or not servers run on it. When a method returns, the change is durable; running
 * servers follow by themselves.
 *
 * <p>Every method that takes an account throws {@link AdministrationException} when there is none of that id.
 */
public interface Administration extends AutoCloseable {

    /** A key that was just made. The secret is known at this moment only. */
    record NewKey(UUID id, Secret apiKey) {}

    record NewAccount(Account account, NewKey key) {}

    /** A key as it is listed: without its secret. */
    record ApiKey(UUID id, Instant createdAt) {}

    /** How many records of one kind were removed, such as {@code verifications}. */
    record Removed(String what, long count) {}

    NewAccount createAccount(String name);

    /** All accounts, oldest first. */
    List<Account> accounts();

    Account account(UUID id);

    Account suspend(UUID id);

    Account resume(UUID id);

    /**
     * Changes name and policy.
     *
     * @param change pure, since it may run more than once; keeps the id
     */
    Account update(UUID id, UnaryOperator<Account> change);

    NewKey createKey(UUID account);

    /** The keys that are accepted, oldest first. */
    List<ApiKey> keys(UUID account);

    /** False when the account has no such key. */
    boolean revokeKey(UUID account, UUID key);

    /** Adds the number or replaces what was said of it before. */
    void addTestNumber(UUID account, TestNumber number);

    List<TestNumber> testNumbers(UUID account);

    /** False when it was not there. */
    boolean removeTestNumber(UUID account, String e164);

    /**
     * Blocks a number ({@code +33612345678}) or all that begin alike ({@code +3361*}); harmless when it is blocked already.
     */
    void addBlock(UUID account, String pattern);

    List<String> blocks(UUID account);

    /** False when it was not there. */
    boolean removeBlock(UUID account, String pattern);

    /** Whether a template that is saved may be there already. */
    enum TemplateMode {
        ADD,
        UPDATE,
        ADD_OR_UPDATE
    }

    /** Adds senders or replaces what was said of them, all or none. */
    void putSenders(UUID account, List<AccountSender> senders);

    /** All that requests may name, in order of the alphabet: those of the policy too, which are good everywhere. */
    List<AccountSender> senders(UUID account);

    /**
     * False when it was not there.
     *
     * @throws AdministrationException when the policy has it
     */
    boolean removeSender(UUID account, String sender);

    /**
     * Saves templates, all or none.
     *
     * @return warnings
     * @throws AdministrationException also when one is not fit to be sent
     */
    List<String> putTemplates(UUID account, List<AccountTemplate> templates, TemplateMode mode);

    /** In order of their ids. */
    List<AccountTemplate> templates(UUID account);

    /** False when it was not there. */
    boolean removeTemplate(UUID account, String id);

    /**
     * Makes an environment with a fresh key.
     *
     * @param change makes of the standard one what is wanted
     */
    Environment createEnvironment(
            UUID account, String name, TokenAlgorithm algorithm, UnaryOperator<Environment> change);

    /** In order of their names. */
    List<Environment> environments(UUID account);

    /**
     * Changes an environment.
     *
     * @param algorithm of the newest key: where that has another, a key is added as by {@link #rotateEnvironmentKey}; empty: as it is
     * @param change pure, since it may run more than once; keeps the id
     */
    Environment updateEnvironment(UUID id, Optional<TokenAlgorithm> algorithm, UnaryOperator<Environment> change);

    /**
     * Adds a key to an environment, of the newest one's algorithm.
     *
     * @param alone whether the other keys go at once, and with them all tokens that they signed
     */
    Environment rotateEnvironmentKey(UUID id, boolean alone);

    /**
     * Where an account is told of events.
     *
     * @param callbackUrl for verifications whose create names no other
     * @param endpoints their addresses by id
     * @param secrets those in use, the newest first
     */
    record WebhookInfo(Optional<String> callbackUrl, Map<UUID, String> endpoints, List<Secret> secrets) {}

    /**
     * An event of a verification, as it is told to somebody or will be.
     *
     * @param to the callback or the id of an endpoint
     */
    record ToldEvent(String to, boolean told, String body) {}

    WebhookInfo webhook(UUID account);

    WebhookInfo setCallbackUrl(UUID account, Optional<String> url);

    /** Adds an endpoint, or changes the address of one. */
    WebhookInfo putEndpoint(UUID account, Optional<UUID> endpoint, String url);

    boolean removeEndpoint(UUID account, UUID endpoint);

    WebhookInfo rotateWebhookSecret(UUID account);

    /**
     * What an account is still to be told, the oldest first, at most a thousand.
     *
     * @param dead only what was given up
     */
    List<Letter> undelivered(UUID account, boolean dead);

    /** All events of a verification; none when nobody listens or it is not known. */
    List<ToldEvent> events(UUID verification);

    /**
     * Tells again what was given up, or all of one verification.
     *
     * @return the number of audiences that are told
     */
    int replay(UUID account, Optional<UUID> verification);

    /** Prices and books. */
    Accounting accounting();

    /** Forgets a number in all accounts: every kind of record that can hold it, with the count, zero too. */
    List<Removed> erase(String e164);

    /**
     * Makes a new generation of the secrets that protect what is written from now on; the old ones still read.
     *
     * @return the id of the new generation
     */
    String rotateSecrets();

    /** Protects the store's secrets by another master secret; the present one opens nothing any more. */
    void rewrapSecrets(Secret newMasterSecret);

    @Override
    void close();
}
