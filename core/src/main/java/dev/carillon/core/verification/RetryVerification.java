// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Policy;
import dev.carillon.core.balance.Purse;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.routing.Purpose;
import dev.carillon.core.verification.RetryReply.Result;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asks for another message in an open window.
 *
 * @param id the verification
 * @param limitKeys where the account's message counter is
 */
public record RetryVerification(
        UUID account, Policy policy, UUID id, Map<LimitName, UUID> limitKeys, NextAttempt attempt)
        implements Command<RetryReply> {

    @Override
    public Optional<UUID> verification(Clues clues) {
        return Optional.of(id);
    }

    @Override
    public Set<UUID> counters(Optional<Verification> verification) {
        return Set.copyOf(limitKeys.values());
    }

    @Override
    public Decision<RetryReply> decide(View view, Instant now) {
        Optional<Verification> found =
                view.verification().filter(row -> row.account().equals(account));
        if (found.isEmpty()) {
            return Decision.of(new RetryReply.Unknown());
        }
        Verification verification = found.get();
        Instant at = verification.notBefore(now);
        if (verification.accepted().isPresent()) {
            return closed(verification, Result.ALREADY_VALIDATED);
        }
        if (verification.attempts().isEmpty()) {
            return closed(verification, Result.NO_ATTEMPT);
        }
        if (verification.isExpired(at)) {
            return closed(verification, Result.EXPIRED);
        }
        return inside(verification, view, at);
    }

    private Decision<RetryReply> inside(Verification open, View view, Instant now) {
        RetrySchedule schedule = RetrySchedule.of(open, policy);
        if (open.failedChecks() >= policy.maxChecks()) {
            return refused(open, Result.RATE_LIMITED, schedule, Refusal.rateLimited("max-checks", open.expiresAt()));
        }
        if (!schedule.allows(now)) {
            return refused(open, Result.DENIED, schedule, Refusal.rateLimited("retry-after", schedule.nextAt()));
        }
        Optional<Refusal> refusal = Sending.refusal(open, policy, limitKeys, view, now);
        if (refusal.isPresent()) {
            return refused(open, Result.RATE_LIMITED, schedule, refusal.get());
        }
        AttemptQueued next = attempt.following(open, policy, Purpose.RETRY, now);
        Verification wanted = open.with(next);
        Purse.Verdict purse = Booking.judge(wanted, policy, view, now);
        if (purse.refusal().isPresent()) {
            return new Decision<>(
                    new RetryReply.NotPaid(purse.refusal().get()), Booking.effects(wanted.account(), purse));
        }
        RetrySchedule after = RetrySchedule.of(wanted, policy);
        List<Effect> effects = new ArrayList<>(Booking.effects(wanted.account(), purse));
        effects.addAll(Sending.effects(open, next, policy, limitKeys, view, now));
        return new Decision<>(answer(wanted, Result.APPROVED, after, Optional.empty()), effects);
    }

    private Decision<RetryReply> refused(Verification open, Result result, RetrySchedule schedule, Refusal refusal) {
        return Decision.of(answer(open, result, schedule, Optional.of(refusal)));
    }

    private Decision<RetryReply> closed(Verification verification, Result result) {
        return Decision.of(
                answer(verification, result, new RetrySchedule(0, verification.expiresAt()), Optional.empty()));
    }

    private RetryReply answer(
            Verification verification, Result result, RetrySchedule schedule, Optional<Refusal> refusal) {
        List<AttemptQueued> attempts = verification.attempts();
        Instant createdAt = attempts.isEmpty()
                ? verification.createdAt()
                : attempts.getLast().at();
        // The first message is no retry, not even when it must be asked for again.
        int remaining = Math.min(schedule.remaining(), policy.retryAfter().size());
        return new RetryReply.Answered(verification.id(), result, createdAt, schedule.nextAt(), remaining, refusal);
    }
}
