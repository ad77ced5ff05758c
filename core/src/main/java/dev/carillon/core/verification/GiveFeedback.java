// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Says whether the latest verification of a number, of the last {@link NumberRecord#MEMORY}, brought a real user. The customer
 * may change its mind, but not for ever.
 *
 * @param number where the number's record is
 * @param feedbackId a fresh id
 */
public record GiveFeedback(UUID account, UUID number, UUID feedbackId, boolean onboarded)
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
        return Decision.of(new FeedbackReply.Recorded(feedbackId), new Effect.Save(verification.with(feedback)));
    }
}
