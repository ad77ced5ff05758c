// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Account;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.PriceLine;
import dev.carillon.core.balance.PriceList;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.Books;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What an operator may do about accounts' prices and books. As of {@link Administration}: durable on return, and
 * {@link AdministrationException} for an account that there is not.
 */
public interface Accounting {
    /**
     * An account's books.
     *
     * @param currency of its prices; empty when it has none, so that the books are empty too unless it had some
     */
    record Balance(Account account, Optional<String> currency, Amounts amounts) {}

    /** Empty when nothing has a price. */
    Optional<PriceList> prices(UUID account);

    /**
     * Replaces all prices.
     *
     * @throws AdministrationException also when they are in another currency than the account's books
     */
    void setPrices(UUID account, Optional<PriceList> prices);

    /** Adds a line, or replaces the one about the same; returns all. As {@link #setPrices}. */
    PriceList putPrice(UUID account, PriceLine line, String currency);

    Balance balance(UUID account);

    /**
     * Credits an amount, or takes it back when it is negative.
     *
     * @param currency as the operator has said; empty: that of the prices
     * @throws AdministrationException also when the account has no prices or they are in another currency
     */
    Balance topUp(UUID account, long micros, Optional<String> currency, Optional<String> note);

    /** Newest first. */
    List<BalanceEntry> history(UUID account, int limit);

    /** Counts all accounts' books by two ways. */
    Books.Count verify();
}
