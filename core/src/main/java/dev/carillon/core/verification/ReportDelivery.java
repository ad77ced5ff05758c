// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * News of a message, from handing it to a provider or from the provider's receipt. News that says nothing new changes nothing.
 *
 * @param id the verification
 * @param attempt the attempt's number
 * @param sent the outbox item that is done with; empty when the news is a receipt
 * @param originatedAt the provider's time
 */
public record ReportDelivery(UUID id, int attempt, Optional<UUID> sent, DeliveryStatus status, Instant originatedAt)
        implements Command<Boolean> {

    @Override
    public Optional<UUID> verification(Optional<NumberRecord> number) {
        return Optional.of(id);
    }

    /** The reply tells whether it was news. */
    @Override
    public Decision<Boolean> decide(View view, Instant now) {
        List<Effect> effects = new ArrayList<>();
        sent.ifPresent(item -> effects.add(new Effect.Sent(item)));
        Optional<Verification> changed = view.verification()
                .filter(this::isNews)
                .map(found -> found.with(new AttemptReported(found.notBefore(now), attempt, status, originatedAt)));
        changed.ifPresent(verification -> effects.add(new Effect.Save(verification)));
        return new Decision<>(changed.isPresent(), effects);
    }

    private boolean isNews(Verification verification) {
        return verification.attempts().stream().anyMatch(queued -> queued.number() == attempt)
                && verification
                        .delivery(attempt)
                        .map(known -> known.canBecome(status))
                        .orElse(true);
    }
}
