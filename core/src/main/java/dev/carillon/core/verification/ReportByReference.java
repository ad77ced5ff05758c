// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A provider's receipt that names the message by the provider's own id. When the answer to the submit is not stored yet, the
 * receipt is held for {@link Reference#PATIENCE}; {@link ReportSend} finds it there.
 *
 * @param reference a keyed hash of the connection and the provider's id
 */
public record ReportByReference(UUID reference, News news) implements Command<Reported> {

    @Override
    public Optional<UUID> referenceKey() {
        return Optional.of(reference);
    }

    @Override
    public Optional<UUID> verification(Clues clues) {
        return clues.reference().filter(Reference.Known.class::isInstance).map(known -> ((Reference.Known) known)
                .verification());
    }

    @Override
    public Decision<Reported> decide(View view, Instant now) {
        Optional<Reference> found = view.reference(now);
        if (found.isPresent() && found.get() instanceof Reference.Known known) {
            return view.verification()
                    .map(verification -> Receipts.take(verification, known.attempt(), news, now))
                    .orElseGet(() -> Decision.of(Reported.NOTHING));
        }
        return held(found, now);
    }

    private Decision<Reported> held(Optional<Reference> found, Instant now) {
        List<News> all = new ArrayList<>();
        if (found.isPresent() && found.get() instanceof Reference.Held held) {
            all.addAll(held.news());
        }
        // One of each status is all that can ever be news, so that the row cannot grow.
        if (all.stream().anyMatch(earlier -> earlier.status() == news.status())) {
            return Decision.of(Reported.NOTHING);
        }
        all.add(news);
        Instant until = found.map(Reference::expiresAt).orElse(now.plus(Reference.PATIENCE));
        return Decision.of(Reported.NOTHING, new Effect.SaveReference(reference, new Reference.Held(all, until)));
    }
}
