// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Policy;
import dev.carillon.core.guard.Guard;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** One more message in an open window, whether a retry or a create asked for it. */
final class Sending {
    private static final Refusal SUSPECTED = Refusal.spam("provider");

    private Sending() {}

    /**
     * Why no other message may go. What one provider took for fraud is not offered to another in the same window. Of the guard's limits,
     * only the account's counts messages; the others count windows.
     */
    static Optional<Refusal> refusal(
            Verification open, Policy policy, Map<LimitName, UUID> keys, View view, Instant now) {
        if (open.test()) {
            return Optional.empty();
        }
        return open.isSuspected()
                ? Optional.of(SUSPECTED)
                : Guard.spent(policy.limits(), messages(keys), view.counters(), now);
    }

    static List<Effect> effects(
            Verification open, AttemptQueued next, Policy policy, Map<LimitName, UUID> keys, View view, Instant now) {
        if (open.test()) {
            AttemptReported delivered =
                    new AttemptReported(now, next.number(), News.of(DeliveryStatus.DELIVERED, now), Optional.empty());
            return List.of(new Effect.Save(open.with(next).with(delivered)));
        }
        List<Effect> effects = new ArrayList<>(effects(open, next, now));
        if (next.route().isNowhere()) {
            return effects;
        }
        Guard.charge(policy.limits(), messages(keys), view.counters(), now)
                .forEach((key, counter) -> effects.add(new Effect.SaveCounter(key, counter)));
        return effects;
    }

    /** Those that do not count: the message, and that it goes out, or that it cannot. */
    static List<Effect> effects(Verification open, AttemptQueued next, Instant now) {
        if (next.route().isNowhere()) {
            News notSent = News.of(DeliveryStatus.NOT_SENT, now);
            return List.of(new Effect.Save(open.with(next)
                    .with(new AttemptReported(now, next.number(), notSent, Optional.of(Failure.FAULT)))));
        }
        return List.of(new Effect.Save(open.with(next)), new Effect.Send(next.id(), open.id(), next.number()));
    }

    private static Map<LimitName, UUID> messages(Map<LimitName, UUID> keys) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getKey() == LimitName.ACCOUNT)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
