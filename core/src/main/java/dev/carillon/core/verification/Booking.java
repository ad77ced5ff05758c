// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Money;
import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.Amounts;
import dev.carillon.core.balance.Posting;
import dev.carillon.core.balance.Purse;
import dev.carillon.core.balance.Stripe;
import dev.carillon.core.balance.Stripes;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Adds to a decision what it does to the account's books. It looks at what is saved, and not at why, so that no decision can forget
 * to be paid for.
 */
final class Booking {
    private Booking() {}

    /** Whether the account can pay for what a verification would be; with leave to do so. */
    static Purse.Verdict judge(Verification wanted, Policy policy, View view, Instant now) {
        long spending = Billing.spending(wanted, Billing.changes(wanted, now));
        String country = wanted.terms().map(Terms::country).orElse("");
        return Purse.judge(wanted.account(), policy.spending(), view.stripes(), country, spending, now);
    }

    /** What the verdict changes. */
    static List<Effect> effects(UUID account, Purse.Verdict verdict) {
        return Stream.concat(
                        verdict.changed().entrySet().stream()
                                .<Effect>map(entry -> new Effect.SaveStripe(account, entry.getKey(), entry.getValue())),
                        verdict.alerts().stream().<Effect>map(Effect.Alert::new))
                .toList();
    }

    /** The decision with its entries. */
    static <R> Decision<R> booked(Decision<R> decision, View view, Instant now) {
        List<Effect> effects = new ArrayList<>(decision.effects());
        for (int i = 0; i < decision.effects().size(); i++) {
            Optional<Entry> entry = entry(decision.effects().get(i), view, now);
            if (entry.isPresent()) {
                effects.set(i, entry.get().instead());
                effects.addAll(entry.get().effects(view.stripes(), own(effects, view.stripes()), now));
            }
        }
        return new Decision<>(decision.reply(), effects);
    }

    private static Optional<Entry> entry(Effect effect, View view, Instant now) {
        return switch (effect) {
            case Effect.Save save -> {
                List<BalanceChanged> changes = Billing.changes(save.verification(), now);
                yield changes.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Entry(
                                save.verification(),
                                changes,
                                new Effect.Save(save.verification().with(changes))));
            }
            case Effect.Forget forget ->
                view.verification()
                        .filter(found -> found.id().equals(forget.verification()))
                        .map(found -> new Entry(found, releases(found, now), forget))
                        .filter(entry -> !entry.changes().isEmpty());
            default -> Optional.empty();
        };
    }

    /** What is forgotten is not sent any more. */
    private static List<BalanceChanged> releases(Verification verification, Instant now) {
        return Stream.concat(
                        Stream.of(BalanceChanged.WINDOW),
                        verification.attempts().stream().map(AttemptQueued::number))
                .map(verification::booked)
                .filter(booked -> booked.reserved() != 0)
                .map(booked -> new BalanceChanged(now, booked.item(), 0, booked.charged()))
                .toList();
    }

    /** The own stripe, as the effects so far leave it. */
    static Stripe own(List<Effect> effects, Stripes stripes) {
        return effects.stream()
                .filter(Effect.SaveStripe.class::isInstance)
                .map(Effect.SaveStripe.class::cast)
                .filter(save -> save.index() == stripes.own())
                .reduce((earlier, later) -> later)
                .map(Effect.SaveStripe::stripe)
                .orElseGet(stripes::get);
    }

    /** One entry of the books, with what takes the place of the effect that it is for. */
    private record Entry(Verification verification, List<BalanceChanged> changes, Effect instead) {

        List<Effect> effects(Stripes stripes, Stripe before, Instant now) {
            long today = Purse.day(now);
            Amounts sum = Amounts.ZERO;
            long spentToday = 0;
            for (BalanceChanged change : changes) {
                BalanceChanged earlier = verification.booked(change.item());
                sum = sum.plus(Amounts.spending(
                        Math.subtractExact(change.reserved(), earlier.reserved()),
                        Math.subtractExact(change.charged(), earlier.charged())));
                if (Purse.day(since(change.item())) == today) {
                    spentToday = Math.addExact(spentToday, change.spentSince(earlier));
                }
            }
            String country = verification.terms().map(Terms::country).orElse("");
            Stripe after = before.posted(sum, country, spentToday, today);
            Posting posting = new Posting(
                    verification.account(), now, Optional.of(verification.id()), sum, cost(), Optional.empty());
            return List.of(
                    new Effect.SaveStripe(verification.account(), stripes.own(), after), new Effect.Post(posting));
        }

        /** When the item was made: its price is part of that day's spending. */
        private Instant since(int item) {
            return verification.attempt(item).map(AttemptQueued::at).orElse(verification.createdAt());
        }

        /** What the messages cost that are charged here, if that can be told in one sum. */
        private Optional<Money> cost() {
            return changes.stream()
                    .filter(change -> change.charged() > 0)
                    .flatMap(change -> verification.cost(change.item()).stream())
                    .reduce((a, b) -> a.currency().equals(b.currency())
                            ? new Money(Math.addExact(a.micros(), b.micros()), a.currency())
                            : a);
        }
    }
}
