// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.balance.Terms;
import dev.carillon.core.routing.Hop;
import dev.carillon.core.verification.VerificationEvent.AttemptQueued;
import dev.carillon.core.verification.VerificationEvent.BalanceChanged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a verification costs its account. The amounts follow from what is known of its messages, so that they are right whatever
 * happened in whatever order; what is booked is the difference from what was booked before.
 */
final class Billing {
    private Billing() {}

    /** The entries that are missing; none when the verification costs nothing, or all is booked. */
    static List<BalanceChanged> changes(Verification verification, Instant now) {
        if (verification.terms().isEmpty()) {
            return List.of();
        }
        Terms terms = verification.terms().get();
        Instant at = verification.notBefore(now);
        List<BalanceChanged> due = new ArrayList<>();
        due.add(window(verification, terms, at));
        verification.attempts().forEach(attempt -> due.add(message(verification, attempt, terms, at)));
        due.removeIf(change -> change.isSameAs(verification.booked(change.item())));
        return due;
    }

    /** What spending it takes to bring the books there; negative when something is given back. */
    static long spending(Verification verification, List<BalanceChanged> changes) {
        long spending = 0;
        for (BalanceChanged change : changes) {
            spending = Math.addExact(spending, change.spentSince(verification.booked(change.item())));
        }
        return spending;
    }

    /** Charged with the first message that is sent; while none is, reserved as long as one may be. */
    private static BalanceChanged window(Verification verification, Terms terms, Instant at) {
        boolean sent = false;
        boolean queued = false;
        for (AttemptQueued attempt : verification.attempts()) {
            Optional<DeliveryStatus> status = verification.delivery(attempt.number());
            queued |= status.isEmpty() && !attempt.route().isNowhere();
            sent |= status.filter(known -> known != DeliveryStatus.NOT_SENT).isPresent();
        }
        long price = terms.verification();
        return new BalanceChanged(at, BalanceChanged.WINDOW, queued && !sent ? price : 0, sent ? price : 0);
    }

    private static BalanceChanged message(Verification verification, AttemptQueued attempt, Terms terms, Instant at) {
        int number = attempt.number();
        Optional<DeliveryStatus> status = verification.delivery(number);
        if (status.isEmpty()) {
            return new BalanceChanged(at, number, dearest(verification, attempt, terms), 0);
        }
        boolean free = status.get() == DeliveryStatus.NOT_SENT
                || (status.get() == DeliveryStatus.UNDELIVERABLE && terms.refundUndelivered());
        return new BalanceChanged(at, number, 0, free ? 0 : price(verification, attempt, terms));
    }

    /** A message may go by any hop of its route, so that this is reserved. */
    private static long dearest(Verification verification, AttemptQueued attempt, Terms terms) {
        return attempt.route().isNowhere()
                ? 0
                : attempt.route().hops().stream()
                        .mapToLong(hop -> terms.message(hop.channel(), verification.network(), hop.cost()))
                        .max()
                        .orElse(0);
    }

    private static long price(Verification verification, AttemptQueued attempt, Terms terms) {
        Hop used = verification.hop(attempt);
        return terms.message(used.channel(), verification.network(), verification.cost(attempt.number()));
    }
}
