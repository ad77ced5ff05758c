// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptRouted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What became of handing a message over. From here on its receipts find it, those too that came before.
 *
 * @param id the verification
 * @param attempt the attempt's number
 * @param item the outbox item that is done with
 * @param reference where the provider's id is kept, when its receipts come under that
 * @param fallBackAt when to look again whether it arrived, if something else could be tried then
 */
public record ReportSend(
        UUID id, int attempt, UUID item, SendOutcome outcome, Optional<UUID> reference, Optional<Instant> fallBackAt)
        implements Command<Reported> {
    /** What providers send as ids is shorter; a longer one would only make the row grow. */
    private static final int MAX_PROVIDER_ID = 128;

    @Override
    public Optional<UUID> referenceKey() {
        return reference;
    }

    @Override
    public Optional<UUID> verification(Clues clues) {
        return Optional.of(id);
    }

    @Override
    public Decision<Reported> decide(View view, Instant now) {
        List<Effect> effects = new ArrayList<>();
        effects.add(new Effect.Done(item));
        reference.ifPresent(key -> effects.add(
                new Effect.SaveReference(key, new Reference.Known(id, attempt, now.plus(Reference.MEMORY)))));
        Optional<Verification> before = view.verification();
        Optional<AttemptQueued> queued = before.flatMap(found -> found.attempt(attempt));
        if (before.isEmpty() || queued.isEmpty()) {
            return new Decision<>(Reported.NOTHING, effects);
        }
        Verification after = Receipts.after(
                routed(before.get(), now),
                attempt,
                News.of(outcome.status(), before.get().notBefore(now)),
                outcome.failure(),
                now);
        for (News held : held(view, now)) {
            after = Receipts.after(after, attempt, held, Optional.empty(), now);
        }
        if (!after.equals(before.get())) {
            effects.add(new Effect.Save(after));
        }
        if (fallBackAt.isPresent() && after.mayBeReplaced(attempt) && after.isOpen(now)) {
            // What is lost already is looked at as soon as somebody can; in case this process does not come to it.
            Instant due = after.isLost(attempt) ? now : fallBackAt.get();
            effects.add(new Effect.LookAgain(queued.get().id(), id, attempt, due));
        }
        return new Decision<>(new Reported(!after.equals(before.get()), Optional.of(after), attempt), effects);
    }

    private Verification routed(Verification verification, Instant now) {
        boolean tell = outcome.isWorthTelling() || tellsWhichOfSeveral(verification);
        return tell && verification.routed(attempt).isEmpty()
                ? verification.with(new AttemptRouted(
                        verification.notBefore(now),
                        attempt,
                        outcome.hop(),
                        outcome.wrongChannels(),
                        outcome.providerId().filter(name -> name.length() <= MAX_PROVIDER_ID),
                        outcome.price()))
                : verification;
    }

    /** When receipts were faster, it may have been another node that sent it, by any hop, and died before it could say so. */
    private boolean tellsWhichOfSeveral(Verification verification) {
        return outcome.status() != DeliveryStatus.NOT_SENT
                && verification.delivery(attempt).isEmpty()
                && verification
                        .attempt(attempt)
                        .filter(AttemptQueued::hasAlternative)
                        .isPresent();
    }

    private static List<News> held(View view, Instant now) {
        return view.reference(now).isPresent() && view.reference(now).get() instanceof Reference.Held held
                ? held.news()
                : List.of();
    }
}
