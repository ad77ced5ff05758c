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
import java.util.stream.IntStream;

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

    /**
     * A notice as one audience hears it.
     *
     * @param number its place among all that happened, by which every audience knows it
     */
    record Entry(int number, Notice notice) {}

    /** All that one of its audiences is told, in order. */
    static List<Entry> of(Verification verification, Audience audience) {
        List<Notice> all = of(verification);
        return IntStream.range(0, all.size())
                .mapToObj(number -> new Entry(number, all.get(number)))
                .filter(entry -> audience.wants(entry.notice()))
                .toList();
    }

    /** All that there is to tell, in order; nothing when no window was opened. */
    static List<Notice> of(Verification verification) {
        if (verification.window().isEmpty()) {
            return List.of();
        }
        List<Notice> notices = new ArrayList<>();
        notices.add(new Opened(verification.createdAt()));
        Set<Integer> sent = new HashSet<>();
        for (VerificationEvent event : verification.events()) {
            switch (event) {
                case AttemptReported report ->
                    verification.attempt(report.attempt()).ifPresent(attempt -> add(notices, attempt, report, sent));
                case CodeChecked check -> notices.add(new Checked(check));
                case FeedbackGiven feedback -> notices.add(new FeedbackTaken(feedback));
                case AttemptQueued _, AttemptRouted _, BalanceChanged _ -> {}
            }
        }
        return List.copyOf(notices);
    }

    /** That a message was submitted is what {@link Sent} says; what never left was not sent, unless a receipt then says otherwise. */
    private static void add(List<Notice> notices, AttemptQueued attempt, AttemptReported report, Set<Integer> sent) {
        if (report.status() != DeliveryStatus.NOT_SENT && sent.add(attempt.number())) {
            notices.add(new Sent(report.at(), attempt));
        }
        if (report.status() != DeliveryStatus.SUBMITTED) {
            notices.add(new Delivery(attempt, report));
        }
    }
}
