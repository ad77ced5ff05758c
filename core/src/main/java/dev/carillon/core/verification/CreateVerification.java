// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.Policy;
import dev.carillon.core.account.TestNumber;
import dev.carillon.core.account.TestNumber.Outcome;
import dev.carillon.core.balance.Purse;
import dev.carillon.core.balance.Terms;
import dev.carillon.core.guard.Allowance;
import dev.carillon.core.guard.Guard;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Refusal;
import dev.carillon.core.phone.Network;
import dev.carillon.core.routing.Purpose;
import dev.carillon.core.verification.CreateReply.Answered;
import dev.carillon.core.verification.NumberRecord.LastCreate;
import dev.carillon.core.verification.NumberRecord.Refused;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Asks for a code to be sent to a number. Inside an open window this is a retry of it (Ding's stateless mode).
 *
 * @param id a fresh id, used when a verification is made
 * @param replayKey where the answer for its idempotency key is kept
 * @param fingerprint a hash of all fields of the request
 * @param number where the number's record is
 * @param block where the number's block is counted
 * @param blockMember a keyed hash that tells the number from its neighbours
 * @param limitKeys where the counter of each limit is that applies to this request
 * @param returningUser the customer vouches for the user
 * @param testNumber the script, if it is a test number
 * @param subject the number and the signals, encrypted
 * @param audiences who is told what happens to it
 * @param terms what it costs the account; empty when that is nothing
 */
public record CreateVerification(
        UUID account,
        Policy policy,
        UUID id,
        Optional<UUID> replayKey,
        long fingerprint,
        UUID number,
        UUID block,
        int blockMember,
        Map<LimitName, UUID> limitKeys,
        boolean returningUser,
        Optional<TestNumber> testNumber,
        Sealed subject,
        List<Audience> audiences,
        Optional<Terms> terms,
        NextAttempt attempt)
        implements Command<CreateReply> {

    /** A create that is repeated within this time with the same fields is a client's network retry. */
    private static final Duration REPETITION = Duration.ofSeconds(2);

    @Override
    public Optional<UUID> numberKey() {
        return Optional.of(number);
    }

    @Override
    public Optional<UUID> verification(Clues clues) {
        return clues.number().flatMap(NumberRecord::latest);
    }

    @Override
    public Set<UUID> counters(Optional<Verification> verification) {
        if (testNumber.isPresent()) {
            return Set.of();
        }
        // What is off is not even read.
        Set<UUID> counters = new HashSet<>();
        limitKeys.forEach((name, key) -> policy.limits().get(name).ifPresent(_ -> counters.add(key)));
        policy.limits().get(LimitName.BLOCK).ifPresent(_ -> counters.add(block));
        return counters;
    }

    @Override
    public Optional<UUID> purse(Optional<Verification> verification) {
        return terms.isPresent() && testNumber.isEmpty() ? Optional.of(account) : Command.super.purse(verification);
    }

    @Override
    public Decision<CreateReply> decide(View view, Instant now) {
        Optional<Replay> replay = view.replay().filter(earlier -> now.isBefore(earlier.expiresAt()));
        if (replay.isPresent()) {
            boolean same = replay.get().fingerprint() == fingerprint;
            return Decision.of(same ? replay.get().answer() : new CreateReply.KeyReused());
        }
        Decision<CreateReply> decision = view.verification()
                .filter(latest -> latest.isOpen(latest.notBefore(now)))
                .map(open -> inside(open, view, open.notBefore(now)))
                .orElseGet(() -> outside(view, now));
        if (replayKey.isEmpty() || !(decision.reply() instanceof Answered answer)) {
            return decision;
        }
        List<Effect> effects = new ArrayList<>(decision.effects());
        effects.add(new Effect.SaveReplay(replayKey.get(), new Replay(fingerprint, answer, now.plus(Replay.MEMORY))));
        return new Decision<>(answer, effects);
    }

    /** Inside an open window: sends again if the schedule allows. */
    private Decision<CreateReply> inside(Verification open, View view, Instant now) {
        NumberRecord record = view.number().orElseThrow();
        if (isRepetition(record, now)) {
            return Decision.of(answer(open, Optional.empty()));
        }
        RetrySchedule schedule = RetrySchedule.of(open, policy);
        Optional<Refusal> refusal = insideRefusal(open, schedule, view, now);
        if (open.test() && refusal.isPresent()) {
            // Nothing would be sent anyway, so that there is nothing to hold back.
            return Decision.of(answer(open, Optional.empty()));
        }
        if (refusal.isPresent()) {
            return Decision.of(answer(open, refusal));
        }
        AttemptQueued next = attempt.following(open, policy, Purpose.RETRY, now);
        Verification wanted = open.with(next);
        Purse.Verdict purse = Booking.judge(wanted, policy, view, now);
        if (purse.refusal().isPresent()) {
            return notPaid(wanted, purse);
        }
        List<Effect> effects = new ArrayList<>(Booking.effects(wanted.account(), purse));
        effects.add(new Effect.SaveNumber(number, record.withLast(new LastCreate(fingerprint, now))));
        effects.addAll(Sending.effects(open, next, policy, limitKeys, view, now));
        return new Decision<>(answer(open, Optional.empty()), effects);
    }

    private Optional<Refusal> insideRefusal(Verification open, RetrySchedule schedule, View view, Instant now) {
        if (!policy.autoRetry()) {
            return Optional.of(Refusal.rateLimited("auto-retry", open.expiresAt()));
        }
        if (open.failedChecks() >= policy.maxChecks()) {
            return Optional.of(Refusal.rateLimited("max-checks", open.expiresAt()));
        }
        if (!schedule.allows(now)) {
            return Optional.of(Refusal.rateLimited("retry-after", schedule.nextAt()));
        }
        return Sending.refusal(open, policy, limitKeys, view, now);
    }

    /** No window is open: opens one if the guard allows. */
    private Decision<CreateReply> outside(View view, Instant now) {
        if (testNumber.isPresent()) {
            return outsideForTest(testNumber.get(), view, now);
        }
        Optional<Verification> latest = view.verification();
        Optional<Network> network = seen(view, now).map(Sighting::network);
        Verification opened = opened(view, now, now.plus(policy.window()));
        // What is asked of an account that pays comes before what is asked of the number; see Ding's order of checks.
        Optional<AttemptQueued> paid = terms.map(_ -> attempt.first(opened, network, now));
        Verification wanted = paid.map(opened::with).orElse(opened);
        Purse.Verdict purse = Booking.judge(wanted, policy, view, now);
        if (purse.refusal().isPresent()) {
            return notPaid(wanted, purse);
        }
        boolean verified = latest.isPresent() && latest.get().accepted().isPresent();
        // A valid check clears what the number had spent: whoever proved that it is theirs is not the one to hold back.
        Optional<NumberRecord> counted = verified ? Optional.empty() : view.number();
        Guard.Request request = new Guard.Request(
                limitKeys,
                block,
                blockMember,
                verified || returningUser,
                verified
                        ? Optional.empty()
                        : latest.map(Verification::attempts)
                                .map(sent -> sent.getLast().at()),
                policy.cooldown(),
                counted.map(NumberRecord::hour).orElse(Allowance.FULL),
                counted.map(NumberRecord::day).orElse(Allowance.FULL));
        Guard.Verdict verdict = Guard.judge(policy.limits(), request, view.counters(), now);
        if (verdict.refusal().isPresent()) {
            return refuse(verdict.refusal().get(), view, now);
        }
        AttemptQueued first = paid.orElseGet(() -> attempt.first(opened, network, now));
        List<Effect> effects = new ArrayList<>(Booking.effects(wanted.account(), purse));
        effects.addAll(Sending.effects(opened, first, now));
        effects.add(new Effect.SaveNumber(number, record(view, verdict.hour(), verdict.day(), now)));
        verdict.charged().forEach((key, counter) -> effects.add(new Effect.SaveCounter(key, counter)));
        return new Decision<>(answer(opened, Optional.empty()), effects);
    }

    private Decision<CreateReply> outsideForTest(TestNumber script, View view, Instant now) {
        if (script.outcome() == Outcome.RATE_LIMITED) {
            return refuse(Refusal.rateLimited("test-number", now), view, now);
        }
        if (script.outcome() == Outcome.SPAM) {
            return refuse(Refusal.spam("test-number"), view, now);
        }
        Instant expiresAt = script.outcome() == Outcome.EXPIRED ? now : now.plus(policy.window());
        Verification opened = opened(view, now, expiresAt);
        NextAttempt scripted =
                new NextAttempt(attempt.id(), new Code(script.code()), attempt.vault(), attempt.routes());
        AttemptQueued first = scripted.first(opened, Optional.empty(), now);
        if (script.outcome() == Outcome.INVALID) {
            first = first.withoutHash();
        }
        Verification delivered = opened.with(first)
                .with(new AttemptReported(now, 1, News.of(DeliveryStatus.DELIVERED, now), Optional.empty()));
        return Decision.of(
                answer(opened, Optional.empty()),
                new Effect.Save(delivered),
                new Effect.SaveNumber(number, record(view, Allowance.FULL, Allowance.FULL, now)));
    }

    /** Answers with a verification that has no window; a number that goes on asking gets the same one for a while. */
    private Decision<CreateReply> refuse(Refusal refusal, View view, Instant now) {
        Optional<Refused> before = view.number()
                .flatMap(NumberRecord::refused)
                .filter(earlier -> earlier.refusal().kind() == refusal.kind()
                        && now.isBefore(earlier.at().plus(policy.window())));
        if (before.isPresent()) {
            Refused earlier = before.get();
            return Decision.of(
                    new Answered(earlier.verification(), Optional.of(refusal), earlier.at(), Optional.empty()));
        }
        Verification refused = verification(view, now, Optional.empty(), Optional.of(refusal));
        Optional<NumberRecord> record = view.number();
        NumberRecord changed = new NumberRecord(
                id,
                record.flatMap(NumberRecord::latest),
                record.flatMap(NumberRecord::last),
                Optional.of(new Refused(id, now, refusal)),
                record.map(NumberRecord::hour).orElse(Allowance.FULL),
                record.map(NumberRecord::day).orElse(Allowance.FULL),
                record.flatMap(NumberRecord::seen));
        return Decision.of(
                answer(refused, Optional.of(refusal)),
                new Effect.Save(refused),
                new Effect.SaveNumber(number, changed));
    }

    private static Decision<CreateReply> notPaid(Verification wanted, Purse.Verdict purse) {
        return new Decision<>(
                new CreateReply.NotPaid(purse.refusal().orElseThrow()), Booking.effects(wanted.account(), purse));
    }

    private boolean isRepetition(NumberRecord record, Instant now) {
        return record.last()
                .filter(last -> last.fingerprint() == fingerprint
                        && now.isBefore(last.at().plus(REPETITION)))
                .isPresent();
    }

    private Verification opened(View view, Instant now, Instant expiresAt) {
        return verification(view, now, Optional.of(expiresAt), Optional.empty());
    }

    private Verification verification(View view, Instant now, Optional<Instant> window, Optional<Refusal> refusal) {
        return new Verification(
                id,
                account,
                now,
                window,
                refusal,
                view.number().map(NumberRecord::newest),
                testNumber.isPresent(),
                block,
                blockMember,
                subject,
                audiences,
                window.isPresent() && testNumber.isEmpty() ? terms : Optional.empty(),
                List.of());
    }

    private NumberRecord record(View view, Allowance hour, Allowance day, Instant now) {
        return new NumberRecord(
                id,
                Optional.of(id),
                Optional.of(new LastCreate(fingerprint, now)),
                view.number().flatMap(NumberRecord::refused),
                hour,
                day,
                seen(view, now));
    }

    /** What receipts told of the number: those of its last window, or what that window's record has kept of those before. */
    private static Optional<Sighting> seen(View view, Instant now) {
        return view.number().flatMap(record -> record.sighting(view.verification(), now));
    }

    private static Answered answer(Verification verification, Optional<Refusal> refusal) {
        return new Answered(verification.id(), refusal, verification.createdAt(), verification.window());
    }
}
