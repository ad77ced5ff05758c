// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.TestNumber;
import java.util.Collection;
import java.util.HashSet;
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

    public AccountView(Account account, Collection<TestNumber> testNumbers, Collection<BlockPattern> blocks) {
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

    /** Without the numbers. */
    @Override
    public String toString() {
        return "AccountView[" + account.id() + "]";
    }
}
