// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody who signed in to an environment.
 *
 * @param numbers what they have proven, the latest proof last
 */
public record User(UUID id, UUID environment, List<VerifiedNumber> numbers, Instant firstVisit, Instant lastVisit) {
    public User {
        numbers = List.copyOf(numbers);
    }

    /** The number that was proven last; empty when it was erased. */
    public Optional<VerifiedNumber> latest() {
        return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers.getLast());
    }

    /** The same after a number was proven, at the time of the proof. */
    User with(VerifiedNumber proven) {
        List<VerifiedNumber> all = new ArrayList<>(numbers);
        UUID proof = proven.id();
        for (VerifiedNumber known : numbers) {
            if (known.e164().equals(proven.e164())) {
                proof = known.id();
                all.remove(known);
            }
        }
        all.add(new VerifiedNumber(proof, proven.e164(), proven.region(), proven.verifiedAt()));
        return new User(id, environment, all, firstVisit, proven.verifiedAt());
    }

    User without(String e164) {
        List<VerifiedNumber> left =
                numbers.stream().filter(known -> !known.e164().equals(e164)).toList();
        return new User(id, environment, left, firstVisit, lastVisit);
    }
}
