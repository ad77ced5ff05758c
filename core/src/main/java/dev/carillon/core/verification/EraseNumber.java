// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Forgets the newest verification of a number, and the number itself with the last of them; to be repeated while the reply is
 * true. Each names the one before it, so that no index of numbers is needed.
 *
 * @param number where the number's record is
 */
public record EraseNumber(UUID number) implements Command<Boolean> {

    @Override
    public Optional<UUID> numberKey() {
        return Optional.of(number);
    }

    @Override
    public Optional<UUID> verification(Clues clues) {
        return clues.number().map(NumberRecord::newest);
    }

    /** The reply tells whether anything was forgotten. */
    @Override
    public Decision<Boolean> decide(View view, Instant now) {
        if (view.number().isEmpty()) {
            return Decision.of(false);
        }
        List<Effect> effects = new ArrayList<>();
        Optional<Verification> newest = view.verification();
        newest.ifPresent(verification -> {
            effects.add(new Effect.Forget(verification.id()));
            verification.attempts().forEach(attempt -> effects.add(new Effect.Done(attempt.id())));
        });
        Optional<UUID> previous = newest.flatMap(Verification::previous);
        effects.add(previous.<Effect>map(before ->
                        new Effect.SaveNumber(number, view.number().get().withNewest(before)))
                .orElseGet(() -> new Effect.ForgetNumber(number)));
        return new Decision<>(true, effects);
    }
}
