// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import dev.carillon.core.balance.Amounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads accounts' books, and counts them by two ways. Safe for use by several threads. */
public final class Books {
    private final Store store;

    public Books(Store store) {
        this.store = store;
    }

    /**
     * What is wrong with an account's books.
     *
     * @param entries the sum of its entries
     * @param balance the sum of its stripes, which should be the same
     */
    public record Difference(UUID account, Amounts entries, Amounts balance) {}

    /**
     * What came of counting.
     *
     * @param accounts how many have books
     */
    public record Count(int accounts, List<Difference> differences) {}

    /** The balance of an account; writers of it wait a moment. */
    public Amounts balance(UUID account) {
        return store.write(tx -> sum(tx.load(RowKind.BALANCE, StripeKeys.all(account))));
    }

    /** The entries of an account, newest first; the last may be what was carried forward. */
    public List<BalanceEntry> entries(UUID account, int limit) {
        return store.entries(account, limit);
    }

    /** Holds the balance of every account against the sum of its entries, as both were at one moment. Disturbs no writer. */
    public Count verify() {
        Store.BookRows rows = store.books();
        Map<UUID, Amounts> stripes = new HashMap<>();
        rows.stripes()
                .forEach((key, body) -> stripes.merge(
                        StripeKeys.of(key, 0), RowFormat.STRIPE.read(key, body).amounts(), Amounts::plus));
        List<Difference> differences = new ArrayList<>();
        rows.entries().forEach((account, entries) -> {
            Amounts removed = stripes.remove(StripeKeys.of(account, 0));
            Amounts balance = removed == null ? Amounts.ZERO : removed;
            if (!balance.equals(entries)) {
                differences.add(new Difference(account, entries, balance));
            }
        });
        stripes.forEach((account, balance) -> {
            if (!balance.isZero()) {
                differences.add(new Difference(account, Amounts.ZERO, balance));
            }
        });
        return new Count(rows.entries().size(), differences);
    }

    private static Amounts sum(Map<UUID, byte[]> stripes) {
        return stripes.entrySet().stream()
                .map(row -> RowFormat.STRIPE.read(row.getKey(), row.getValue()).amounts())
                .reduce(Amounts.ZERO, Amounts::plus);
    }
}
