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
    private Sending() {}

    /** Of the guard's limits, only the account's counts messages; the others count windows. */
    static Optional<Refusal> refusal(
            Verification open, Policy policy, Map<LimitName, UUID> keys, View view, Instant now) {
        return open.test() ? Optional.empty() : Guard.spent(policy.limits(), messages(keys), view.counters(), now);
    }

    static List<Effect> effects(
            Verification open, AttemptQueued next, Policy policy, Map<LimitName, UUID> keys, View view, Instant now) {
        if (open.test()) {
            AttemptReported delivered = new AttemptReported(now, next.number(), DeliveryStatus.DELIVERED, now);
            return List.of(new Effect.Save(open.with(next).with(delivered)));
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Save(open.with(next)));
        Guard.charge(policy.limits(), messages(keys), view.counters(), now)
                .forEach((key, counter) -> effects.add(new Effect.SaveCounter(key, counter)));
        effects.add(new Effect.Send(next.id(), open.id(), next.number()));
        return effects;
    }

    private static Map<LimitName, UUID> messages(Map<LimitName, UUID> keys) {
        return keys.entrySet().stream()
                .filter(entry -> entry.getKey() == LimitName.ACCOUNT)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
