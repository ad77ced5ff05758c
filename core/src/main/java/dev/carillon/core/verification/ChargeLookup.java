// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Money;
import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Posting;
import dev.carillon.core.balance.Purse;
import dev.carillon.core.balance.Stripe;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Charges an account for a question to a lookup provider that is about to be asked, or gives that back when it was not answered. The
 * reply tells whether it was charged: who cannot pay is not asked for.
 *
 * @param policy the account's
 * @param country of the number, ISO 3166-1 alpha-2; empty for numbers of no country
 * @param price in the currency of the account's prices; negative: given back
 * @param provider by its name in the settings
 */
public record ChargeLookup(UUID account, Policy policy, String country, Money price, String provider)
        implements Command<Boolean> {

    @Override
    public Optional<UUID> verification(Clues clues) {
        return Optional.empty();
    }

    @Override
    public Optional<UUID> purse(Optional<Verification> verification) {
        return Optional.of(account);
    }

    @Override
    public Decision<Boolean> decide(View view, Instant now) {
        long micros = price.micros();
        Purse.Verdict verdict = Purse.judge(account, policy.spending(), view.stripes(), country, micros, now);
        List<Effect> effects = new ArrayList<>(Booking.effects(account, verdict));
        if (verdict.refusal().isPresent()) {
            return new Decision<>(false, effects);
        }
        Amounts change = Amounts.spending(0, micros);
        Stripe after = Booking.own(effects, view.stripes()).posted(change, country, micros, Purse.day(now));
        effects.add(new Effect.SaveStripe(account, view.stripes().own(), after));
        effects.add(new Effect.Post(new Posting(
                account, now, Optional.empty(), change, Optional.of(price), Optional.of("lookup " + provider))));
        return new Decision<>(true, effects);
    }
}
