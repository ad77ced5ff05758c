// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.guard.Conversion;
import dev.carillon.core.guard.Guard;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Says whether the latest verification of a number, of the last {@link NumberRecord#MEMORY}, brought a real user. The customer
 * may change its mind, but not for ever.
 *
 * @param number where the number's record is
 * @param feedbackId a fresh id
 * @param conversions where the guard counts what is said of users that came from where the verification's did
 */
public record GiveFeedback(
        UUID account, UUID number, UUID feedbackId, boolean onboarded, Function<Verification, Set<UUID>> conversions)
        implements Command<FeedbackReply> {
    private static final int MAX_CHANGES = 10;

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
        return verification.map(conversions).orElse(Set.of());
    }

    /** It costs nothing. */
    @Override
    public Optional<UUID> purse(Optional<Verification> verification) {
        return Optional.empty();
    }

    @Override
    public Decision<FeedbackReply> decide(View view, Instant now) {
        Optional<Verification> found = view.verification()
                .filter(latest -> latest.account().equals(account)
                        && now.isBefore(latest.createdAt().plus(NumberRecord.MEMORY)));
        if (found.isEmpty()) {
            return Decision.of(new FeedbackReply.NoVerification());
        }
        Verification verification = found.get();
        boolean same = verification
                .feedback()
                .filter(before -> before.onboarded() == onboarded)
                .isPresent();
        long given = verification.events().stream()
                .filter(FeedbackGiven.class::isInstance)
                .count();
        if (same || given >= MAX_CHANGES) {
            return Decision.of(new FeedbackReply.Duplicated());
        }
        FeedbackGiven feedback = new FeedbackGiven(verification.notBefore(now), feedbackId, onboarded);
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Save(verification.with(feedback)));
        for (UUID key : conversions.apply(verification)) {
            Conversion counted = Guard.conversion(key, view.counters());
            effects.add(
                    new Effect.SaveCounter(key, counted.with(verification.id().hashCode(), onboarded, feedback.at())));
        }
        return new Decision<>(new FeedbackReply.Recorded(feedbackId), effects);
    }
}
