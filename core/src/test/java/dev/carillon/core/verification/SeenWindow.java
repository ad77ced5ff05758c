// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.core.routing.Hop;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What {@link WindowRules} has seen of one verification. */
final class SeenWindow {
    final Instant createdAt;
    final Optional<Instant> expiresAt;
    final boolean test;
    final List<String> codes = new ArrayList<>();
    final Set<Integer> left = new HashSet<>();
    /** Attempts that nobody asked for. */
    final Set<Integer> automatic = new HashSet<>();
    /** Which of the two bad ends an attempt came to first. */
    private final Map<Integer, DeliveryStatus> lost = new HashMap<>();

    private final Map<Integer, Failure> failures = new HashMap<>();
    private final Map<Integer, DeliveryStatus> known = new HashMap<>();

    Optional<String> accepted = Optional.empty();
    int wrong;
    int wrongSinceAccepted;
    boolean closed;

    SeenWindow(Instant createdAt, Optional<Instant> expiresAt, boolean test) {
        this.createdAt = createdAt;
        this.expiresAt = expiresAt;
        this.test = test;
    }

    /** The codes that somebody can have. */
    List<String> sent() {
        return IntStream.rangeClosed(1, codes.size())
                .filter(attempt -> lost.get(attempt) != DeliveryStatus.NOT_SENT || left.contains(attempt))
                .mapToObj(attempt -> codes.get(attempt - 1))
                .toList();
    }

    /** Something was told of a message, in whichever way. */
    void told(int attempt, DeliveryStatus status, Optional<Failure> failure) {
        if (attempt < 1 || attempt > codes.size()) {
            return;
        }
        switch (status) {
            case DELIVERED -> left.add(attempt);
            case UNDELIVERABLE, NOT_SENT -> {
                // Of the two, the first to be told stays.
                boolean first = !left.contains(attempt) && lost.putIfAbsent(attempt, status) == null;
                if (first && status == DeliveryStatus.NOT_SENT) {
                    failures.put(attempt, failure.orElse(Failure.FAULT));
                }
            }
            case UNKNOWN, SUBMITTED, IN_TRANSIT -> {}
        }
    }

    /** The messages that the user has had of those that are the user's. */
    long used() {
        return IntStream.rangeClosed(1, codes.size())
                .filter(attempt -> !automatic.contains(attempt) && !wasInVain(attempt))
                .count();
    }

    private boolean wasInVain(int attempt) {
        Failure failure = failures.get(attempt);
        return !left.contains(attempt) && (failure == Failure.FAULT || failure == Failure.CHANNEL);
    }

    boolean mayBeReplaced(int attempt) {
        return !left.contains(attempt) && (lost.get(attempt) != DeliveryStatus.NOT_SENT || wasInVain(attempt));
    }

    /** What is known of each message has only moved forward. */
    void assertForward(Verification verification) {
        for (AttemptQueued attempt : verification.attempts()) {
            Optional<DeliveryStatus> before = Optional.ofNullable(known.get(attempt.number()));
            Optional<DeliveryStatus> now = verification.delivery(attempt.number());
            before.ifPresent(status -> assertThat(now)
                    .hasValueSatisfying(then -> assertThat(then == status || status.canBecome(then))
                            .as("%s became %s", status, then)
                            .isTrue()));
            now.ifPresent(status -> known.put(attempt.number(), status));
        }
    }

    /** A message that nobody asked for goes a way that was not gone before, and by no channel by which one may be on its way. */
    static void assertAnotherWay(Verification before, AttemptQueued another) {
        for (Hop hop : another.route().hops()) {
            assertThat(before.attempts())
                    .allSatisfy(
                            attempt -> assertThat(before.hop(attempt).lane()).isNotEqualTo(hop.lane()))
                    .filteredOn(attempt -> before.delivery(attempt.number())
                            .filter(status -> status == DeliveryStatus.UNKNOWN)
                            .isPresent())
                    .allSatisfy(
                            attempt -> assertThat(before.hop(attempt).channel()).isNotEqualTo(hop.channel()));
        }
    }
}
