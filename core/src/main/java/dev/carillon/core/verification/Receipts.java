// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What receipts do to a verification, however they found it. */
final class Receipts {
    private Receipts() {}

    static Decision<Reported> take(Verification verification, int attempt, News news, Instant now) {
        Verification after = after(verification, attempt, news, Optional.empty(), now);
        if (after.equals(verification)) {
            return Decision.of(new Reported(false, Optional.of(verification), attempt));
        }
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Save(after));
        if (news.status() == DeliveryStatus.DELIVERED) {
            after.attempt(attempt)
                    .filter(AttemptQueued::hasAlternative)
                    .ifPresent(queued -> effects.add(new Effect.Done(queued.id())));
        }
        return new Decision<>(new Reported(true, Optional.of(after), attempt), effects);
    }

    /** With the news, if they are any: a message moves forward only. */
    static Verification after(
            Verification verification, int attempt, News news, Optional<Failure> failure, Instant now) {
        boolean isNews = verification.attempt(attempt).isPresent()
                && verification
                        .delivery(attempt)
                        .map(known -> known.canBecome(news.status()))
                        .orElse(true);
        return isNews
                ? verification.with(new AttemptReported(verification.notBefore(now), attempt, news, failure))
                : verification;
    }
}
