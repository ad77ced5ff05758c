// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.AttemptReported;
import dev.carillon.core.verification.VerificationEvent.AttemptRouted;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import dev.carillon.core.verification.VerificationEvent.CodeChecked;
import dev.carillon.core.verification.VerificationEvent.FeedbackGiven;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Something that a verification's audience is told. Notices follow from the events and are never stored: those of a verification
 * that has grown begin with those that it had before, so that the place in the list names a notice for good.
 */
public sealed interface Notice {
    Instant at();

    /** A window was opened. */
    record Opened(Instant at) implements Notice {}

    /** A message was handed over. */
    record Sent(Instant at, AttemptQueued attempt) implements Notice {}

    /** News of a message's way. */
    record Delivery(AttemptQueued attempt, AttemptReported report) implements Notice {
        @Override
        public Instant at() {
            return report.at();
        }
    }

    /** A code was tried. */
    record Checked(CodeChecked check) implements Notice {
        @Override
        public Instant at() {
            return check.at();
        }
    }

    /** The customer said whether a real user came of it. */
    record FeedbackTaken(FeedbackGiven feedback) implements Notice {
        @Override
        public Instant at() {
            return feedback.at();
        }
    }

    /** All that its audience is told, in order; nothing when it has none, or when no window was opened. */
    static List<Notice> of(Verification verification) {
        if (verification.audience().isEmpty() || verification.window().isEmpty()) {
            return List.of();
        }
        Audience audience = verification.audience().get();
        List<Notice> notices = new ArrayList<>();
        notices.add(new Opened(verification.createdAt()));
        Set<Integer> heardOf = new HashSet<>();
        for (VerificationEvent event : verification.events()) {
            switch (event) {
                case AttemptReported report ->
                    verification
                            .attempt(report.attempt())
                            .ifPresent(attempt -> add(notices, attempt, report, heardOf.add(report.attempt())));
                case CodeChecked check -> notices.add(new Checked(check));
                case FeedbackGiven feedback -> notices.add(new FeedbackTaken(feedback));
                case AttemptQueued _, AttemptRouted _, BalanceChanged _ -> {}
            }
        }
        return notices.stream().filter(audience::wants).toList();
    }

    /** That a message was submitted is what {@link Sent} says; what never left was not sent. */
    private static void add(List<Notice> notices, AttemptQueued attempt, AttemptReported report, boolean first) {
        if (first && report.status() != DeliveryStatus.NOT_SENT) {
            notices.add(new Sent(report.at(), attempt));
        }
        if (report.status() != DeliveryStatus.SUBMITTED) {
            notices.add(new Delivery(attempt, report));
        }
    }
}
