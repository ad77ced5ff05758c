// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.core.account.Account;
import dev.carillon.core.balance.PriceLine;
import dev.carillon.core.balance.PriceList;
import dev.carillon.core.verification.TopUp;
import dev.carillon.server.cli.Accounting;
import dev.carillon.server.cli.AdministrationException;
import dev.carillon.server.directory.DirectoryAdmin;
import dev.carillon.server.directory.DirectoryException;
import dev.carillon.server.ledger.BalanceEntry;
import dev.carillon.server.ledger.Books;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.LedgerMetrics;
import dev.carillon.server.ledger.Store;
import dev.carillon.server.ledger.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Prices and books of a store. */
final class StoreAccounting implements Accounting {
    private final DirectoryAdmin directory;
    private final Store store;
    private final Books books;
    private final InstantSource clock;
    private final Runnable changed;

    /** @param changed is called when servers must learn of something */
    StoreAccounting(DirectoryAdmin directory, Store store, InstantSource clock, Runnable changed) {
        this.directory = directory;
        this.store = store;
        this.books = new Books(store);
        this.clock = clock;
        this.changed = changed;
    }

    @Override
    public Optional<PriceList> prices(UUID account) {
        return explained(() -> directory.prices().find(account));
    }

    @Override
    public void setPrices(UUID account, Optional<PriceList> prices) {
        Optional<PriceList> _ = explained(() -> {
            prices.ifPresent(list -> requireCurrency(account, directory.prices().find(account), list.currency()));
            return directory.prices().update(account, _ -> prices);
        });
        changed.run();
    }

    @Override
    public PriceList putPrice(UUID account, PriceLine line, String currency) {
        PriceList list = explained(() -> {
            requireCurrency(account, directory.prices().find(account), currency);
            return directory
                    .prices()
                    .update(account, before -> Optional.of(with(before, line, currency)))
                    .orElseThrow();
        });
        changed.run();
        return list;
    }

    private static PriceList with(Optional<PriceList> before, PriceLine line, String currency) {
        if (before.filter(list -> !list.currency().equals(currency)).isPresent()) {
            throw new AdministrationException("the other prices are in "
                    + before.get().currency() + ": all must be in one currency; see price import and price clear");
        }
        return before.map(list -> list.with(line)).orElseGet(() -> new PriceList(currency, List.of(line)));
    }

    /** What was counted in one currency must not be read in another. */
    private void requireCurrency(UUID account, Optional<PriceList> before, String currency) {
        if (before.filter(list -> !list.currency().equals(currency)).isPresent()
                && !books.balance(account).isZero()) {
            throw new AdministrationException("the account's books are in "
                    + before.get().currency() + "; for another currency make another account");
        }
    }

    @Override
    public Balance balance(UUID id) {
        return explained(() -> {
            Account account = directory.show(id);
            return new Balance(account, directory.prices().find(id).map(PriceList::currency), books.balance(id));
        });
    }

    @Override
    public Balance topUp(UUID account, long micros, Optional<String> currency, Optional<String> note) {
        boolean _ = explained(() -> {
            String own = directory
                    .prices()
                    .find(account)
                    .map(PriceList::currency)
                    .orElseThrow(() -> new AdministrationException(
                            "the account has no prices, which say its currency: see price set and price import"));
            if (currency.filter(named -> !named.equals(own)).isPresent()) {
                throw new AdministrationException("the account's currency is " + own);
            }
            try (Ledger ledger = new Ledger(store, clock, _ -> {}, LedgerMetrics.NONE)) {
                if (ledger.execute(new TopUp(account, micros, note)) == TopUp.Reply.TOO_LARGE) {
                    throw new AdministrationException("the sum would be too large to be counted");
                }
            }
            return true;
        });
        return balance(account);
    }

    @Override
    public List<BalanceEntry> history(UUID account, int limit) {
        return explained(() -> books.entries(directory.show(account).id(), limit));
    }

    @Override
    public Books.Count verify() {
        return explained(books::verify);
    }

    private static <T> T explained(Supplier<T> work) {
        try {
            return work.get();
        } catch (DirectoryException | StoreException | IllegalArgumentException e) {
            throw new AdministrationException(String.valueOf(e.getMessage()), e);
        }
    }
}
