// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.account.Money;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.ChargeLookup;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.ledger.OverloadedException;
import dev.carillon.server.ledger.StoreException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges to accounts' balances. An account without prices pays for nothing, nor does one whose prices are in another currency than the
 * provider's: what is counted is exact, and so nothing is converted.
 */
public final class AccountCharges implements LookupCharges {
    private static final Logger LOG = LoggerFactory.getLogger(AccountCharges.class);

    private final Ledger ledger;
    private final Function<UUID, Optional<AccountView>> accounts;

    public AccountCharges(Ledger ledger, Function<UUID, Optional<AccountView>> accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
    }

    @Override
    public boolean take(UUID account, PhoneNumber number, String provider, Money price) {
        return payer(account, price)
                .map(view -> charge(view, number, provider, price))
                .orElse(true);
    }

    @Override
    public void giveBack(UUID account, PhoneNumber number, String provider, Money price) {
        Money back = new Money(-price.micros(), price.currency());
        payer(account, price).ifPresent(view -> {
            try {
                boolean _ = charge(view, number, provider, back);
            } catch (StoreException | OverloadedException e) {
                LOG.warn("{} of account {} for a lookup could not be given back: {}", price, account, e.getMessage());
            }
        });
    }

    private Optional<AccountView> payer(UUID account, Money price) {
        return accounts.apply(account).filter(view -> view.prices()
                .filter(prices -> prices.currency().equals(price.currency()))
                .isPresent());
    }

    private boolean charge(AccountView account, PhoneNumber number, String provider, Money price) {
        String country = Optional.ofNullable(number.regionCode()).orElse("");
        return ledger.execute(
                new ChargeLookup(account.account().id(), account.account().policy(), country, price, provider));
    }
}
