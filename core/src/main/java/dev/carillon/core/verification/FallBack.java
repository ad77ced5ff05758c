// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.Purse;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.routing.Purpose;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Sends another message, by another way, in place of one that did not arrive or of which nothing was heard. Nobody asked for it,
 * so that it does nothing unless the window is open, the account wants it and can pay for it, the message is the window's last, and
 * there is a way that was not tried. Safe to be repeated: the second time the message is not the last one any more.
 *
 * @param id the verification
 * @param attempt the number of the message in question
 * @param item the outbox item that is done with
 * @param limitKeys where the account's message counter is
 */
public record FallBack(UUID id, int attempt, UUID item, Policy policy, Map<LimitName, UUID> limitKeys, NextAttempt next)
        implements Command<Boolean> {

    @Override
    public Optional<UUID> verification(Clues clues) {
        return Optional.of(id);
    }

    @Override
    public Set<UUID> counters(Optional<Verification> verification) {
        return Set.copyOf(limitKeys.values());
    }

    /** The reply tells whether another message goes out. */
    @Override
    public Decision<Boolean> decide(View view, Instant now) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Done(item));
        Optional<Verification> open = view.verification().filter(found -> isCalledFor(found, found.notBefore(now)));
        if (open.isEmpty()) {
            return new Decision<>(false, effects);
        }
        Instant at = open.get().notBefore(now);
        AttemptQueued another = next.following(open.get(), policy, Purpose.FALLBACK, at);
        if (another.route().isNowhere()
                || Sending.refusal(open.get(), policy, limitKeys, view, at).isPresent()) {
            return new Decision<>(false, effects);
        }
        Verification wanted = open.get().with(another);
        Purse.Verdict purse = Booking.judge(wanted, policy, view, at);
        effects.addAll(Booking.effects(wanted.account(), purse));
        if (purse.refusal().isPresent()) {
            return new Decision<>(false, effects);
        }
        effects.addAll(Sending.effects(open.get(), another, policy, limitKeys, view, at));
        return new Decision<>(true, effects);
    }

    private boolean isCalledFor(Verification verification, Instant now) {
        return policy.channels().fallback()
                && verification.isOpen(now)
                && !verification.test()
                && !verification.isFull()
                && verification.failedChecks() < policy.maxChecks()
                && verification.attempts().getLast().number() == attempt
                && verification.mayBeReplaced(attempt);
    }
}
