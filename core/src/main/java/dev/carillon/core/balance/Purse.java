// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.balance;

import dev.carillon.core.account.Spending;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Decides whether an account may spend, and which stripe may spend how much without asking.
 *
 * <p>The rule that keeps limits exact on any number of nodes: what was spent and the leaves of all stripes together are never more than
 * the limit. Nobody spends without leave. Who lacks it looks at all stripes and is granted half of what nobody has; when that is
 * little, the others' leave is taken back first. So with a full purse stripes are looked at together about as often as the limit can be
 * halved, and often only when it is nearly spent.
 *
 * <p>Alerts are exact by the same means: no leave reaches beyond the next threshold, so that whoever crosses it is looking at all
 * stripes.
 */
public final class Purse {
    /** In per cent of a cap. */
    private static final List<Integer> ALERTS = List.of(50, 80, 100);

    private Purse() {}

    /**
     * The answer.
     *
     * @param refusal why it may not be spent; empty: it may, and the own stripe has leave for it
     * @param changed the stripes that are to be saved, by their index
     */
    public record Verdict(Optional<Unpaid> refusal, Map<Integer, Stripe> changed, List<SpendAlert> alerts) {
        static final Verdict GRANTED = new Verdict(Optional.empty(), Map.of(), List.of());
    }

    /**
     * Whether an account may spend.
     *
     * @param country of the number
     * @param micros how much
     */
    public static Verdict judge(
            UUID account, Spending rules, Stripes stripes, String country, long micros, Instant now) {
        if (micros <= 0 || !rules.isLimited()) {
            return Verdict.GRANTED;
        }
        long today = day(now);
        Map<String, Long> caps = caps(rules, country);
        Stripe own = stripes.get().under(rules.fingerprint(), today);
        boolean hasLeave = (!rules.prepaid() || own.leave() >= micros)
                && caps.keySet().stream().allMatch(scope -> own.share(scope).leave() >= micros);
        return hasLeave ? Verdict.GRANTED : new Asking(account, rules, stripes, caps, micros, today).verdict();
    }

    /** Days since 1970, by UTC. */
    public static long day(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 86_400L);
    }

    /** The caps that hold for a country. */
    private static Map<String, Long> caps(Spending rules, String country) {
        Map<String, Long> caps = new TreeMap<>();
        rules.dailyCap().ifPresent(cap -> caps.put(Stripe.ALL, cap));
        Optional.ofNullable(rules.countryCaps().get(country)).ifPresent(cap -> caps.put(country, cap));
        return caps;
    }

    /** One look at all stripes. */
    private static final class Asking {
        private final UUID account;
        private final Spending rules;
        private final Map<String, Long> caps;
        private final long micros;
        private final int own;
        private final long today;
        private final Map<Integer, Stripe> stored;
        private final Map<Integer, Stripe> stripes = new HashMap<>();
        private final List<SpendAlert> alerts = new ArrayList<>();

        Asking(UUID account, Spending rules, Stripes view, Map<String, Long> caps, long micros, long today) {
            this.account = account;
            this.rules = rules;
            this.caps = caps;
            this.micros = micros;
            this.own = view.own();
            this.today = today;
            this.stored = view.all();
            // Those that do not exist are made: what does not exist cannot be locked, so that one which another node
            // makes meanwhile would go unseen.
            for (int index = 0; index < Stripe.COUNT; index++) {
                stripes.put(index, current(stored.getOrDefault(index, Stripe.EMPTY)));
            }
        }

        Verdict verdict() {
            Optional<Unpaid> refusal = refusal();
            if (refusal.isEmpty()) {
                grantFunds();
                caps.forEach(this::grant);
            }
            Map<Integer, Stripe> changed = new TreeMap<>(stripes);
            changed.entrySet().removeIf(entry -> isAsBefore(entry.getKey(), entry.getValue()));
            return new Verdict(refusal, changed, alerts);
        }

        /** Those that have only come to another day or other limits find that out for themselves. */
        private boolean isAsBefore(int index, Stripe stripe) {
            Stripe before = stored.get(index);
            return before != null && (stripe.equals(before) || (index != own && stripe.equals(current(before))));
        }

        private Stripe current(Stripe stripe) {
            return stripe.under(rules.fingerprint(), today);
        }

        private Optional<Unpaid> refusal() {
            if (rules.prepaid() && left() < 0) {
                return Optional.of(Unpaid.NEGATIVE_BALANCE);
            }
            Optional<Unpaid> refusal = Optional.empty();
            for (Map.Entry<String, Long> cap : caps.entrySet()) {
                if (spent(cap.getKey()) + micros > cap.getValue()) {
                    alert(cap.getKey(), cap.getValue(), ALERTS.getLast());
                    refusal = Optional.of(Unpaid.SPENDING_LIMIT);
                }
            }
            return refusal;
        }

        /** What would be left above the floor. */
        private long left() {
            long available = stripes.values().stream()
                    .map(stripe -> stripe.amounts().available())
                    .reduce(0L, Math::addExact);
            return Math.subtractExact(Math.subtractExact(available, rules.floor()), micros);
        }

        private long spent(String scope) {
            return stripes.values().stream()
                    .mapToLong(stripe -> stripe.share(scope).spent())
                    .sum();
        }

        private void grantFunds() {
            if (!rules.prepaid()) {
                return;
            }
            long granted = 0;
            for (Map.Entry<Integer, Stripe> other : stripes.entrySet()) {
                granted +=
                        other.getKey() == own ? 0 : Math.max(0, other.getValue().leave());
            }
            Grant grant = Grant.of(left(), granted);
            if (grant.reclaim()) {
                stripes.replaceAll((_, stripe) -> stripe.withLeave(0));
            }
            stripes.put(own, mine().withLeave(micros + grant.extra()));
        }

        private void grant(String scope, long cap) {
            long after = spent(scope) + micros;
            int reached = ALERTS.stream()
                    .filter(percent -> after >= threshold(cap, percent))
                    .reduce(0, Math::max);
            alert(scope, cap, reached);
            long next = ALERTS.stream()
                    .mapToLong(percent -> threshold(cap, percent))
                    .filter(threshold -> threshold > after)
                    .min()
                    .orElse(after + 1);
            long granted = 0;
            for (Map.Entry<Integer, Stripe> other : stripes.entrySet()) {
                granted += other.getKey() == own
                        ? 0
                        : Math.max(0, other.getValue().share(scope).leave());
            }
            Grant grant = Grant.of(next - 1 - after, granted);
            if (grant.reclaim()) {
                stripes.replaceAll((_, stripe) -> stripe.shares().containsKey(scope)
                        ? stripe.with(scope, stripe.share(scope).withLeave(0))
                        : stripe);
            }
            stripes.put(own, mine().with(scope, mine().share(scope).withLeave(micros + grant.extra())));
        }

        private void alert(String scope, long cap, int percent) {
            int before = stripes.values().stream()
                    .mapToInt(stripe -> stripe.share(scope).alerted())
                    .max()
                    .orElse(0);
            if (percent > before) {
                alerts.add(new SpendAlert(account, scope, percent, cap, LocalDate.ofEpochDay(today)));
                stripes.put(own, mine().with(scope, mine().share(scope).withAlerted(percent)));
            }
        }

        private Stripe mine() {
            return Objects.requireNonNull(stripes.get(own));
        }

        /** Rounded up, so that a cap of nothing is reached by nothing. */
        private static long threshold(long cap, int percent) {
            return cap / 100 * percent + (cap % 100 * percent + 99) / 100;
        }
    }

    /**
     * How much more than what it asked for a stripe gets.
     *
     * @param reclaim whether the others' leave is taken back for it
     */
    private record Grant(long extra, boolean reclaim) {
        static Grant of(long left, long granted) {
            long free = left - granted;
            boolean reclaim = granted > 0 && free <= left / Stripe.COUNT;
            return new Grant(Math.max(0, (reclaim ? left : free) / 2), reclaim);
        }
    }
}
