// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.account.AcceptCodes;
import dev.carillon.core.account.Policy;
import dev.carillon.core.guard.Guard;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.NumberBlock;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tries a code. The answers take precedence in this order: already validated, expired, without attempt, rate limited, and only
 * then is a code compared, at most {@link Policy#maxChecks()} times in a window.
 *
 * @param id the verification
 * @param checkId a fresh id
 * @param code what was typed; empty when no code can look like it, which is wrong like any other wrong code
 */
public record CheckCode(UUID account, Policy policy, UUID id, UUID checkId, Optional<Code> code, CodeVault vault)
        implements Command<CheckReply> {

    @Override
    public Optional<UUID> verification(Clues clues) {
        return Optional.of(id);
    }

    @Override
    public Set<UUID> counters(Optional<Verification> verification) {
        return verification
                .filter(found -> isBlockCounted())
                .map(found -> Set.of(found.block()))
                .orElse(Set.of());
    }

    /** Whatever code is typed, it costs nothing. */
    @Override
    public Optional<UUID> purse(Optional<Verification> verification) {
        return Optional.empty();
    }

    @Override
    public Decision<CheckReply> decide(View view, Instant now) {
        Optional<Verification> found =
                view.verification().filter(row -> row.account().equals(account));
        if (found.isEmpty()) {
            return Decision.of(new CheckReply.Unknown());
        }
        Verification verification = found.get();
        Instant at = verification.notBefore(now);
        Optional<CodeChecked> accepted = verification.accepted();
        if (accepted.isPresent()) {
            return afterAccepted(verification, accepted.get(), at);
        }
        if (verification.isExpired(at)) {
            return refused(verification, CheckResult.EXPIRED, at);
        }
        if (nothingWasSent(verification)) {
            return refused(verification, CheckResult.WITHOUT_ATTEMPT, at);
        }
        if (verification.failedChecks() >= policy.maxChecks()) {
            return refused(verification, CheckResult.RATE_LIMITED, at);
        }
        return compare(verification, view, at);
    }

    private Decision<CheckReply> compare(Verification verification, View view, Instant at) {
        int matched = matching(verification, acceptable(verification));
        if (matched == 0) {
            return answer(verification.with(compared(verification, CheckResult.INVALID, 0, at)), CheckResult.INVALID);
        }
        CodeChecked valid = new CodeChecked(at, checkId, CheckResult.VALID, matched, Optional.empty());
        List<Effect> effects = new ArrayList<>();
        // The window is closed: nobody needs to read its codes any more.
        effects.add(new Effect.Save(verification.withoutCodes().with(valid)));
        NumberBlock block = isBlockCounted() ? Guard.block(verification.block(), view.counters()) : NumberBlock.EMPTY;
        if (block.contains(verification.blockMember())) {
            effects.add(new Effect.SaveCounter(verification.block(), block.withVerified(verification.blockMember())));
        }
        return new Decision<>(new CheckReply.Answered(id, CheckResult.VALID), effects);
    }

    /**
     * The accepted code is told again, so that a client that lost the answer learns it; any other is wrong. Wrong ones have a
     * budget here too, or the accepted code could be guessed for an answer that some clients take for success.
     */
    private Decision<CheckReply> afterAccepted(Verification verification, CodeChecked accepted, Instant at) {
        if (verification.failedChecksSinceAccepted() >= policy.maxChecks()) {
            return refused(verification, CheckResult.RATE_LIMITED, at);
        }
        List<AttemptQueued> attempt = verification.attempts().stream()
                .filter(candidate -> candidate.number() == accepted.matched())
                .toList();
        if (matching(verification, attempt) != 0) {
            return refused(verification, CheckResult.ALREADY_VALIDATED, at);
        }
        return answer(
                verification.with(new CodeChecked(at, checkId, CheckResult.INVALID, 0, Optional.empty())),
                CheckResult.INVALID);
    }

    private List<AttemptQueued> acceptable(Verification verification) {
        List<AttemptQueued> left = verification.attempts().stream()
                .filter(attempt -> !verification.isNotSent(attempt))
                .toList();
        return policy.acceptCodes() == AcceptCodes.LATEST ? List.of(left.getLast()) : left;
    }

    /** The number of the attempt whose code this is, 0 for none; every one is compared, so that the time tells nothing. */
    private int matching(Verification verification, List<AttemptQueued> attempts) {
        int matched = 0;
        for (AttemptQueued attempt : attempts) {
            if (code.isPresent() && attempt.code().isPresent()) {
                CodeHash stored = attempt.code().get();
                boolean same = stored.equals(vault.hash(verification.id(), code.get(), stored.pepper()));
                matched = same ? attempt.number() : matched;
            }
        }
        return matched;
    }

    private boolean isBlockCounted() {
        return policy.limits().get(LimitName.BLOCK).isPresent();
    }

    private CodeChecked compared(Verification verification, CheckResult result, int matched, Instant at) {
        Optional<Sealed> shown = policy.showCodes()
                ? code.map(typed -> vault.seal(typed, checkId, verification.expiresAt()))
                : Optional.empty();
        return new CodeChecked(at, checkId, result, matched, shown);
    }

    /** Nothing was compared. The first such answer of its kind is part of the story; a flood of them is not. */
    private Decision<CheckReply> refused(Verification verification, CheckResult result, Instant at) {
        boolean told = verification.events().stream()
                .anyMatch(event -> event instanceof CodeChecked check && check.result() == result);
        return told
                ? Decision.of(new CheckReply.Answered(id, result))
                : answer(verification.with(new CodeChecked(at, checkId, result, 0, Optional.empty())), result);
    }

    private static Decision<CheckReply> answer(Verification changed, CheckResult result) {
        return Decision.of(new CheckReply.Answered(changed.id(), result), new Effect.Save(changed));
    }

    private static boolean nothingWasSent(Verification verification) {
        return verification.attempts().stream().allMatch(verification::isNotSent);
    }
}
