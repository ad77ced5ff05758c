// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.guard.Allowance;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of one number for one account. There is one such record for each number, which is what makes two creates at once
 * see each other.
 *
 * @param newest the newest verification of the number; each names the one before it
 * @param latest the newest for which a window was opened
 * @param last the newest create that sent a message, so that its repetition can be told
 * @param refused the newest create that was refused a window
 * @param hour what is left of {@link LimitName#NUMBER_HOUR}
 * @param day what is left of {@link LimitName#NUMBER_DAY}
 * @param seen the last receipt that named the number's network, of the windows before {@code latest}
 */
public record NumberRecord(
        UUID newest,
        Optional<UUID> latest,
        Optional<LastCreate> last,
        Optional<Refused> refused,
        Allowance hour,
        Allowance day,
        Optional<Sighting> seen) {

    /** How long a number is remembered after it was last seen: as long as feedback can be given on it. */
    public static final Duration MEMORY = Duration.ofDays(30);

    /** For how long a network that was seen is believed; who has not asked for a code that long may have changed operators. */
    public static final Duration SEEN_FOR = Duration.ofDays(180);

    /**
     * A create that sent a message.
     *
     * @param fingerprint a hash of all its fields
     */
    public record LastCreate(long fingerprint, Instant at) {}

    /** A create that was refused: the verification that it answered with, and why. */
    public record Refused(UUID verification, Instant at, Refusal refusal) {}

    NumberRecord withLast(LastCreate create) {
        return new NumberRecord(newest, latest, Optional.of(create), refused, hour, day, seen);
    }

    NumberRecord withNewest(UUID verification) {
        return new NumberRecord(verification, latest, last, refused, hour, day, seen);
    }

    /**
     * The last receipt that named the number's network.
     *
     * @param window {@link #latest}, if it is there still
     */
    public Optional<Sighting> sighting(Optional<Verification> window, Instant now) {
        return window.flatMap(Verification::sighting)
                .or(() -> seen)
                .filter(found -> now.isBefore(found.at().plus(SEEN_FOR)));
    }
}
