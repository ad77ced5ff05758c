// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.AccountSender;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.balance.PriceList;
import dev.carillon.core.message.AccountTemplate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An account with its lists, as they were at one moment. Immutable. */
public final class AccountView {
    private static final int MAX_DIGITS = 15;

    private final Account account;
    private final Map<String, TestNumber> testNumbers;
    private final Set<String> blockedNumbers;
    private final Set<String> blockedPrefixes;
    private final List<AccountSender> senders;
    private final Map<String, AccountTemplate> templates;
    private final AccountWebhook webhook;
    private final Optional<PriceList> prices;

    /** An account without senders and templates of its own, but for the policy's senders. */
    public AccountView(Account account, Collection<TestNumber> testNumbers, Collection<BlockPattern> blocks) {
        this(account, testNumbers, blocks, List.of(), List.of());
    }

    public AccountView(
            Account account,
            Collection<TestNumber> testNumbers,
            Collection<BlockPattern> blocks,
            Collection<AccountSender> senders,
            Collection<AccountTemplate> templates) {
        this.account = account;
        this.testNumbers =
                testNumbers.stream().collect(Collectors.toUnmodifiableMap(TestNumber::e164, number -> number));
        Set<String> numbers = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        for (BlockPattern block : blocks) {
            (block.prefix() ? prefixes : numbers).add("+" + block.digits());
        }
        this.blockedNumbers = Set.copyOf(numbers);
        this.blockedPrefixes = Set.copyOf(prefixes);
        this.senders = List.copyOf(senders);
        this.templates = templates.stream().collect(Collectors.toUnmodifiableMap(AccountTemplate::id, one -> one));
        this.webhook = AccountWebhook.STANDARD;
        this.prices = Optional.empty();
    }

    private AccountView(AccountView from, AccountWebhook webhook, Optional<PriceList> prices) {
        this.account = from.account;
        this.testNumbers = from.testNumbers;
        this.blockedNumbers = from.blockedNumbers;
        this.blockedPrefixes = from.blockedPrefixes;
        this.senders = from.senders;
        this.templates = from.templates;
        this.webhook = webhook;
        this.prices = prices;
    }

    /** The same with another webhook. */
    public AccountView with(AccountWebhook changed) {
        return new AccountView(this, changed, prices);
    }

    /** The same with other prices. */
    public AccountView with(Optional<PriceList> changed) {
        return new AccountView(this, webhook, changed);
    }

    private AccountView(AccountView from, TestNumber more) {
        Map<String, TestNumber> numbers = new HashMap<>(from.testNumbers);
        numbers.put(more.e164(), more);
        this.account = from.account;
        this.testNumbers = Map.copyOf(numbers);
        this.blockedNumbers = from.blockedNumbers;
        this.blockedPrefixes = from.blockedPrefixes;
        this.senders = from.senders;
        this.templates = from.templates;
        this.webhook = from.webhook;
        this.prices = from.prices;
    }

    public Account account() {
        return account;
    }

    public Optional<TestNumber> testNumber(String e164) {
        return Optional.ofNullable(testNumbers.get(e164));
    }

    /** Whether the number or any prefix of it is blocked: at most 16 lookups, however long the list. */
    public boolean isBlocked(String e164) {
        if (blockedNumbers.contains(e164)) {
            return true;
        }
        if (!blockedPrefixes.isEmpty()) {
            for (int length = 2; length <= Math.min(e164.length(), MAX_DIGITS + 1); length++) {
                if (blockedPrefixes.contains(e164.substring(0, length))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The senders that the account may use in a country: those of its policy, which are good everywhere, and those that were
     * added for it.
     *
     * @param region ISO 3166-1 alpha-2; empty for numbers of no country
     */
    public Set<String> senders(String region) {
        Set<String> own = new HashSet<>(account.policy().senders());
        senders.stream()
                .filter(sender -> sender.countries().contains(region))
                .map(AccountSender::id)
                .forEach(own::add);
        return own;
    }

    /** A template of the account's own; empty for {@link AccountTemplate#DEFAULT_ID} too, unless the account replaces it. */
    public Optional<AccountTemplate> template(String id) {
        return Optional.ofNullable(templates.get(id));
    }

    /** Whether a create may name this template. */
    public boolean hasTemplate(String id) {
        return id.equals(AccountTemplate.DEFAULT_ID) || templates.containsKey(id);
    }

    /** Where it is told of events. */
    public AccountWebhook webhook() {
        return webhook;
    }

    /** What it pays; empty: nothing. */
    public Optional<PriceList> prices() {
        return prices;
    }

    /** The same account with one more test number, or another word on one that it has. */
    public AccountView with(TestNumber number) {
        return new AccountView(this, number);
    }

    /** Without the numbers. */
    @Override
    public String toString() {
        return "AccountView[" + account.id() + "]";
    }
}
